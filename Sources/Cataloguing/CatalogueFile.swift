import Foundation
import Vocabulary

/// What an imported file turned out to be.
public enum CatalogueFile: Sendable {
    /// The county's own terms.
    case terms([CatalogueItem])
    /// A list of diagnoses, national or the county's own.
    case diagnoses([Diagnosis], ListKind)
    /// A national list; the count is of rows passed over because they are no longer in force.
    case list(Directory, passedOver: Int)

    /// What a file is asked to be, where it does not say so itself.
    public enum Kind: Equatable, Sendable {
        case terms
        case diagnoses
        case list(ListKind)

        /// "terms", "diagnoses" or the number of a national list.
        public init?(_ text: String) {
            switch text {
            case "terms": self = .terms
            case "diagnoses": self = .diagnoses
            default:
                guard let kind = ListKind(rawValue: text) else { return nil }
                self = .list(kind)
            }
        }
    }

    /// Reads a file whole or not at all: a national download (text, or zipped), a CSV table or an
    /// XLSX workbook.
    ///
    /// - Parameter name: file name, for its faults and for the list number it may hold.
    /// - Throws: ``CatalogueFaults`` with every fault of every row.
    public init(name: String, bytes: [UInt8], kind: Kind?) throws(CatalogueFaults) {
        do {
            try self.init(read: name, bytes, kind)
        } catch {
            throw CatalogueFaults(
                error.faults.map { fault in
                    var fault = fault
                    fault.file = name
                    return fault
                })
        }
    }

    private init(read name: String, _ bytes: [UInt8], _ kind: Kind?) throws(CatalogueFaults) {
        guard ZipArchive.isZip(bytes) else {
            self = try CatalogueFile(text: bytes, name, kind)
            return
        }
        let names = try ZipArchive(bytes, wanted: { _ in false }).names
        if names.contains(Workbook.part) {
            let parts = try ZipArchive(bytes, limits: Workbook.limits) {
                $0.hasSuffix("ml.rels") || $0.hasSuffix(".xml")
            }
            self = try CatalogueFile(try Workbook(parts).table, kind)
            return
        }
        let texts = try ZipArchive(bytes) { !$0.hasPrefix("__MACOSX/") }.files
        guard texts.count == 1, let (inner, content) = texts.first else {
            throw CatalogueFaults(.notOneTable, found: "\(texts.count)")
        }
        self = try CatalogueFile(text: content, "\(name)/\(inner)", kind)
    }

    private init(text bytes: [UInt8], _ name: String, _ kind: Kind?) throws(CatalogueFaults) {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard line.contains(UInt8(ascii: "\t")) else {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw CatalogueFaults(.notUTF8)
            }
            self = try CatalogueFile(try OfficeTable(csv: text), kind)
            return
        }
        let columns = line.count { $0 == UInt8(ascii: "\t") } + 1
        guard let list = CatalogueFile.list(named: name, columns: columns, asked: kind) else {
            throw CatalogueFaults(.kindUnknown)
        }
        var file = NationalFile(list)
        let entries = try file.read(bytes)
        if list.use == .diagnosis {
            self = .diagnoses(entries.map(Diagnosis.init), list)
        } else {
            self = .list(Directory(list, entries), passedOver: file.passedOver)
        }
    }

    /// As asked; else by the number in the file's name; else by a width no other list has.
    private static func list(named name: String, columns: Int, asked: Kind?) -> ListKind? {
        if case .list(let kind)? = asked { return kind }
        guard asked == nil else { return nil }
        let numbers = name.split { !$0.isASCII || !$0.isNumber }
        if let kind = numbers.lazy.compactMap({ ListKind(rawValue: String($0)) }).first {
            return kind
        }
        let fitting = ListKind.allCases.filter { $0.layout.columns == columns }
        return fitting.count == 1 ? fitting[0] : nil
    }

    private init(_ table: OfficeTable, _ kind: Kind?) throws(CatalogueFaults) {
        func diagnoses(_ table: OfficeTable) throws(CatalogueFaults) -> [Diagnosis] {
            try Diagnosis.table(table).map(\.withInitials)
        }
        switch kind ?? CatalogueFile.kind(of: table) {
        case .terms?: self = .terms(try CatalogueItem.table(table).map(\.withInitials))
        case .diagnoses?: self = .diagnoses(try diagnoses(table), .diseases)
        case .list(let list)? where list.use == .diagnosis:
            self = .diagnoses(try diagnoses(table), list)
        case .list(let list)?:
            self = .list(Directory(list, try DirectoryEntry.table(table)), passedOver: 0)
        case nil: throw CatalogueFaults(.kindUnknown)
        }
    }

    /// A table that states classes is one of terms; one that names diagnoses is one of those.
    private static func kind(of table: OfficeTable) -> Kind? {
        func has(_ headings: [String]) -> Bool {
            table.headings.contains { headings.map(searchable).contains(searchable($0)) }
        }
        if has(TermsColumn.itemClass.headings) { return .terms }
        if has(["opsp_dise_cod", "门慢门特病种目录代码"]) { return .list(.chronicDiseases) }
        if has(["诊断代码", "诊断编码", "疾病编码", "疾病代码", "diag_code"]) { return .diagnoses }
        return nil
    }
}

// A name without initials gets them from its pinyin, so that pages can show how it is typed.
extension Diagnosis {
    init(_ entry: DirectoryEntry) {
        self =
            Diagnosis(
                code: entry.code, name: entry.name, initials: entry.mnemonic
            ).withInitials
    }

    var withInitials: Diagnosis {
        guard initials.isEmpty else { return self }
        return Diagnosis(code: code, name: name, initials: Pinyin.initials(of: name))
    }
}

extension CatalogueItem {
    var withInitials: CatalogueItem {
        var item = self
        if initials.isEmpty { item.initials = Pinyin.initials(of: name) }
        return item
    }
}
