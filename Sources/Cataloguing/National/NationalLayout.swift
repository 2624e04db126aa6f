/// Where a national download file keeps what we read: column numbers of the interface's tables,
/// counted from 1. Columns not named here are not read.
struct NationalLayout: Sendable {
    /// Columns of the interface's table; newer files may have more, an older one may have fewer.
    let columns: Int
    let code: Int
    /// The name; where it is empty the next of the list stands in.
    let names: [Int]
    /// Other names it is asked for by.
    var aliases: [Int] = []
    var specification: [Int] = []
    var unit: [Int] = []
    var maker: Int?
    var from: Int?
    var to: Int?
    /// 有效标志: 1 for rows in force; others are passed over.
    var inForce: Int?
    /// 拼音助记码.
    var mnemonic: Int?
    var restriction: Int?
    var marks: [(column: Int, mark: CatalogueItem.Mark)] = []

    /// No row can be read with fewer.
    var fewest: Int { max(code, names.first ?? 0, inForce ?? 0, from ?? 0, to ?? 0) }
}

extension ListKind {
    var layout: NationalLayout {
        switch self {
        case .drugs: .drugs
        case .herbalPieces:
            NationalLayout(
                columns: 33, code: 1, names: [2], aliases: [20], from: 12, to: 13, inForce: 14)
        case .preparations: .preparations
        case .services:
            NationalLayout(
                columns: 19, code: 1, names: [10], unit: [3], from: 12, to: 13, inForce: 7)
        case .supplies: .supplies
        case .diseases, .operations:
            NationalLayout(columns: 24, code: 11, names: [12], inForce: 19)
        case .chronicDiseases:
            NationalLayout(columns: 16, code: 1, names: [15, 3, 2], inForce: 6)
        case .payByDisease: NationalLayout(columns: 15, code: 2, names: [3], inForce: 6)
        case .daySurgery: NationalLayout(columns: 15, code: 2, names: [3], inForce: 4)
        case .chineseDiseases, .chineseSyndromes:
            NationalLayout(columns: 14, code: 6, names: [7], inForce: 9)
        case .granules:
            NationalLayout(
                columns: 44, code: 2, names: [3], aliases: [21], specification: [7, 6], unit: [4],
                maker: 9, inForce: 29)
        case .newServices:
            NationalLayout(
                columns: 34, code: 3, names: [7], unit: [11], from: 23, to: 24, inForce: 14)
        }
    }
}

extension NationalLayout {
    /// 1301: the registered name, as on the box; the generic and the trade name beside it.
    fileprivate static let drugs = NationalLayout(
        columns: 97, code: 1, names: [8, 4, 2], aliases: [4, 2], specification: [17, 14],
        unit: [45, 43, 40], maker: 54, from: 37, to: 38, inForce: 79, mnemonic: 51,
        restriction: 57, marks: [(71, .essential), (75, .negotiated), (56, .special)])

    /// 1303.
    fileprivate static let preparations = NationalLayout(
        columns: 83, code: 1, names: [53, 2], aliases: [2, 3], specification: [13, 11],
        unit: [52, 32], maker: 41, from: 66, to: 67, inForce: 65, restriction: 51)

    /// 1306.
    fileprivate static let supplies = NationalLayout(
        columns: 71, code: 1, names: [2], aliases: [5], specification: [10, 8], unit: [16, 18],
        maker: 60, from: 47, to: 48, inForce: 68, restriction: 35)
}
