import Identifying
import Journaling
import Merging
import Rules
import Vocabulary

// Who may pay from whose account, as a roll that is imported says it: checked before any of it is
// taken over, since every kiosk spends by it.
extension Office {
    /// Refuses a roll whose links to relatives' accounts cannot stand.
    ///
    /// - Parameters:
    ///   - members: the file's rows in order.
    ///   - session: holds the file's rows already, in a transaction that a fault takes back.
    /// - Throws: ``OfficeFault/faults(_:)`` with every fault: row, what is wrong, what to do.
    func checkFamily(
        of members: [Member], in path: String, _ session: any LedgerSession
    ) throws {
        let links = FamilyLinks(members)
        guard !links.isEmpty else { return }
        let most = try policy.rules.count(
            "\(Scheme.employee.rawValue)/account/family_links", on: today)?.value
        let faults = try links.faults(
            member: { try session.member($0) }, atMost: most,
            others: most == nil ? [:] : try others(than: Set(members.map(\.number)), session))
        guard faults.isEmpty else {
            let lines = faults.map { Texts.familyFault($0.fault, in: path, row: $0.row) }
            throw OfficeFault.faults(lines.joined(separator: "\n"))
        }
    }

    /// How many relatives each account pays for already, by people the file does not speak of.
    private func others(
        than imported: Set<PersonNumber>, _ session: any LedgerSession
    ) throws -> [PersonNumber: Int] {
        guard try session.memberCount() > imported.count else { return [:] }
        var counts: [PersonNumber: Int] = [:]
        for township in try session.townships() {
            for member in try session.members(township: township)
            where !imported.contains(member.number) {
                for owner in member.familyAccounts ?? [] { counts[owner, default: 0] += 1 }
            }
        }
        return counts
    }
}

/// The links to relatives' accounts in a roll file, by row.
struct FamilyLinks {
    /// Why somebody may not pay from an account.
    enum Fault: Equatable {
        case ownAccount(PersonNumber)
        case listedTwice(PersonNumber)
        case unknown(PersonNumber)
        /// Residents have no account.
        case noAccount(PersonNumber)
        /// One owner's account pays for more relatives than the rules allow.
        case tooMany(PersonNumber, count: Int, most: Int)
        /// More accounts than a visit can name.
        case tooLong(Int)
    }

    private let rows: [(row: Int, member: Member, owners: [PersonNumber])]

    /// - Parameter members: rows are counted as an editor counts lines.
    init(_ members: [Member]) {
        rows = members.enumerated().compactMap { place, member in
            member.familyAccounts.map { (place + 1, member, $0) }
        }
    }

    var isEmpty: Bool { rows.isEmpty }

    /// - Parameters:
    ///   - member: looks somebody up on the roll as it will be.
    ///   - most: how many relatives one owner may add; any number where no rule says.
    ///   - others: relatives of each owner that stand in other files.
    func faults(
        member: (PersonNumber) throws -> Member?, atMost most: Int?, others: [PersonNumber: Int]
    ) rethrows -> [(row: Int, fault: Fault)] {
        var faults: [(row: Int, fault: Fault)] = []
        var counts = others
        for (row, person, owners) in rows {
            if owners.count > Visit.mostPayers { faults.append((row, .tooLong(owners.count))) }
            var seen: Set<PersonNumber> = []
            for owner in owners {
                guard seen.insert(owner).inserted else {
                    faults.append((row, .listedTwice(owner)))
                    continue
                }
                counts[owner, default: 0] += 1
                let fault = try self.fault(of: owner, for: person, counts, most, member)
                if let fault { faults.append((row, fault)) }
            }
        }
        return faults
    }

    private func fault(
        of owner: PersonNumber, for person: Member, _ counts: [PersonNumber: Int], _ most: Int?,
        _ member: (PersonNumber) throws -> Member?
    ) rethrows -> Fault? {
        if owner == person.number { return .ownAccount(owner) }
        guard let relative = try member(owner) else { return .unknown(owner) }
        if relative.scheme != .employee { return .noAccount(owner) }
        let count = counts[owner] ?? 0
        if let most, count > most { return .tooMany(owner, count: count, most: most) }
        return nil
    }
}
