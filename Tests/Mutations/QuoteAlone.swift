import Cataloguing
import Foundation
import Pricing
import Rules
import Vocabulary

/// What `kiosk quote` does, with nothing of the kiosk around it, so that a fault seeded into Pricing
/// is built in seconds.
///
/// One process answers for many regions: a line `@RULES` or `@RULES<tab>CATALOGUE` names the rules
/// of the bills that follow it.
@main struct QuoteAlone {
    static func main() throws {
        var streams: [String: QuoteStream] = [:]
        var stream: QuoteStream?
        while let line = readLine(strippingNewline: true) {
            if line.hasPrefix("@") {
                let place = String(line.dropFirst())
                let found = try streams[place] ?? opened(place)
                streams[place] = found
                stream = found
            } else if let answer = stream?.answer(Array(line.utf8)) {
                FileHandle.standardOutput.write(Data(answer.bytes + [0x0A]))
            }
        }
    }

    private static func opened(_ place: String) throws -> QuoteStream {
        let paths = place.split(separator: "\t").map(String.init)
        let rules = try Rulebook.parse(region: paths[0], files: try readRuleFolder(paths[0]))
        guard paths.count > 1 else { return QuoteStream(rules: rules, catalogue: .empty) }
        let text = String(decoding: try readFile(paths[1]), as: UTF8.self)
        return QuoteStream(
            rules: rules, catalogue: Catalogue(try CatalogueItem.table(csv: text)))
    }
}
