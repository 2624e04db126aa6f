import Foundation

extension Truth {
    /// What an entry says of rights to the yearly limit, read by the auditor itself.
    struct Rights: Equatable {
        /// An amount that one journal may spend for one person.
        struct Given: Equatable {
            let id: String
            let holder: String
            let owner: String
            let year: Int
            let amount: Int
            /// Milliseconds since 1970.
            let expires: Int
        }

        static let limit = "paid/outpatient"

        var given: [Given] = []
        var spent: [String: Int] = [:]
        /// Paid without a right, by a floor.
        var free = 0
        var closed: [String] = []
        /// Whose rights end, and where the county says so the last entry that may have spent them.
        var holder = ""
        var through: Int?
        /// What the county books for a visit: the fund pays in addition.
        var booked = 0
        /// Of that, what no right was held for at the desk.
        var followed = 0
        var bookedFor = ""
        var bookedYear = 0
    }
}

extension Truth.Rights {
    init(_ kind: String, _ body: [String: Any]) {
        holder = body["at"] as? String ?? ""
        through = body["through"] as? Int
        let rows = body["rows"] as? [[String: Any]] ?? []
        switch kind {
        case "allotment": given = Self.given(body, rows, to: holder)
        case "rightsClosed": closed = rows.compactMap { $0["r"] as? String }
        case "visit": spend(body["rights"] as? [String: Any] ?? [:])
        case "adjustment":
            booked = (body["difference"] as? [String: Int] ?? [:]).values.reduce(0, +)
            followed = body["reason"] as? String == "fundFollows" ? booked : 0
            bookedFor = body["person"] as? String ?? ""
            bookedYear = body["year"] as? Int ?? 0
        default: break
        }
    }

    private static func given(
        _ body: [String: Any], _ rows: [[String: Any]], to holder: String
    ) -> [Given] {
        rows.enumerated().compactMap { place, row in
            guard row["lim"] as? String == limit, let owner = row["psn"] as? String else {
                return nil
            }
            return Given(
                id: "\(body["id"] as? String ?? "").\(place)", holder: holder, owner: owner,
                year: body["year"] as? Int ?? 0, amount: row["n"] as? Int ?? 0,
                expires: body["exp"] as? Int ?? 0)
        }
    }

    private mutating func spend(_ rights: [String: Any]) {
        for part in rights["of"] as? [[String: Any]] ?? [] {
            guard let id = part["r"] as? String else { continue }
            spent[id, default: 0] += part["n"] as? Int ?? 0
        }
        free = (rights["free"] as? [String: Int])?[Self.limit] ?? 0
    }
}
