import Testing
import Vocabulary

@testable import Syncing

/// What lies in an envelope, piece by piece, and what travels beside an answer.
@Suite struct StickContentsTests {
    private func contents(_ text: String) throws -> StickContents {
        try StickContents(bytes: Array(text.utf8))
    }

    @Test func `pieces are as long as their heading says, and nothing lies behind them`() throws {
        var whole = StickContents()
        whole.add("a", Array("one".utf8))
        whole.add("b", [])
        #expect(try StickContents(bytes: try whole.bytes) == whole)
        let heading = #"[{"name":"a","size":3}]"# + "\n"
        #expect(try contents(heading + "one").piece("a") == Array("one".utf8))
        for rest in ["", "on", "ones"] {
            #expect(throws: StickFault.cutOrDamaged, "\(rest)") { try contents(heading + rest) }
        }
        #expect(throws: StickFault.cutOrDamaged) {
            try contents(#"[{"name":"a","size":-1}]"# + "\n")
        }
        #expect(throws: StickFault.cutOrDamaged) { try contents("[]") }
    }

    @Test func `a stick holds as many pieces as sticks may, and no more`() throws {
        func heading(_ count: Int) -> String {
            let lines = Array(repeating: #"{"name":"a","size":0}"#, count: count)
            return "[" + lines.joined(separator: ",") + "]\n"
        }
        let most = StickContents.mostPieces
        #expect(try contents(heading(most)).pieces.count == most)
        #expect(throws: StickFault.cutOrDamaged) { try contents(heading(most + 1)) }
    }

    @Test func `versions on offer are read whole or not at all`() {
        let versions: [DocumentRole: Int] = [.daily: 17, .policy: 3]
        #expect(CountyNews.write(versions) == "daily=17 policy=3")
        #expect(CountyNews.read("daily=17 policy=3") == versions)
        for text in ["daily=17 policy", "daily=17 policy=x", "daily=17 other=3", "a=b=c"] {
            #expect(CountyNews.read(text) == nil, "\(text)")
        }
    }
}
