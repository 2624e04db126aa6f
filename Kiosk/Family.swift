import Allotting
import Identifying
import Journaling
import Pricing
import Settling
import Vocabulary

// Relatives whose personal accounts may pay for a person (家庭共济): what this desk may spend of
// them, and who pays how much of a visit.

/// A relative's account as this desk knows it.
struct FamilyAccount: Sendable {
    let owner: PersonNumber
    /// `nil` for somebody of another township, whom this desk's roll does not hold.
    let name: String?
    /// Balance after this desk's own drawings; `nil` where the roll does not say.
    let balance: Money?
    /// What may be spent here today of the owner's limits; `nil` where none is divided.
    let holdings: Holdings?

    /// What rights allow; `nil` where a balance is spent without.
    private var held: Money? { holdings?.held[.ownAccount].map { Money(fen: $0) } }

    /// What may be spent here today.
    ///
    /// - Parameter kept: what the account keeps for its owner.
    func here(keeping kept: Money = .zero) -> Money {
        // Without a right nobody vouches for a balance that is not on this roll.
        min(known(keeping: kept) ?? held ?? .zero, held ?? .largest)
    }

    /// What could be spent here once the county was asked for rights; as much as anybody may want
    /// where only the county knows the balance.
    func drawable(keeping kept: Money) -> Money {
        held == nil ? here(keeping: kept) : known(keeping: kept) ?? .largest
    }

    private func known(keeping kept: Money) -> Money? { balance.map { max(.zero, $0 - kept) } }
}

extension Desk {
    /// The relatives' accounts that may pay for a person, in the order in which they are asked.
    func familyAccounts(of member: Member) throws -> [FamilyAccount] {
        let owners = (member.familyAccounts ?? []).filter { $0 != member.number }
        return try owners.prefix(Visit.mostPayers).map { owner in
            let relative = try shelf.member(owner)
            return FamilyAccount(
                owner: owner, name: relative?.name,
                balance: try relative.map { try balance(of: $0) },
                holdings: try holdings(of: owner))
        }
    }

    /// The roll's balance less what this journal drew since; residents and the dead have none.
    private func balance(of relative: Member) throws -> Money {
        guard relative.scheme == .employee, relative.coverage.died == nil else { return .zero }
        let own = try ownEntries(about: relative.number).unpublished
        return relative.account - own.sum { $0.fact.drawn(from: relative.number) }
    }
}

/// What accounts pay of a visit: the own one first, then relatives' in their order.
struct ByAccounts: Sendable, Equatable {
    var own = Money.zero
    var family: [FamilyPayment] = []

    var total: Money { own + family.total }
}

extension Proposal {
    /// Relatives' accounts that this settlement may use.
    var family: [FamilyAccount] {
        Array(patient.family.prefix(quote.paying.familyAccounts ?? .max))
    }

    /// What each of them may pay of this bill.
    var familyBalances: [PersonNumber: Money] {
        let kept = quote.paying.familyKeeps
        return Dictionary(family.map { ($0.owner, $0.here(keeping: kept)) }, uniquingKeysWith: min)
    }

    /// What accounts pay with what may be spent of them here and now.
    var byAccounts: ByAccounts {
        quote.byAccounts(own: account, of: asked, family) { $0.here(keeping: $1) }
    }

    /// What accounts would pay in addition once the county was asked for rights.
    var drawableByAccounts: Money {
        let all = quote.byAccounts(own: patient.account, of: asked, family) {
            $0.drawable(keeping: $1)
        }
        return all.total - byAccounts.total
    }
}

extension Quote {
    /// Who pays, by the rules' order.
    ///
    /// - Parameters:
    ///   - due: what the person is asked for.
    ///   - balance: what may be spent of a relative's account that keeps so much for its owner.
    func byAccounts(
        own: Money, of due: Money? = nil, _ family: [FamilyAccount],
        _ balance: (FamilyAccount, Money) -> Money
    ) -> ByAccounts {
        let kept = paying.familyKeeps
        // Pricing takes off what is kept, and a right is good for all it says.
        let balances = family.map { balance($0, kept) + kept }
        let payers = payers(Accounts(own: own, family: balances), of: due)
        let payments = zip(family, payers.family).map {
            FamilyPayment(owner: $0.owner, amount: $1)
        }
        return ByAccounts(own: payers.own, family: payments.filter { $0.amount > .zero })
    }
}

/// A relative's part as screens say it.
struct ShownPayment: Sendable {
    let name: String
    let amount: Money
    /// What may be spent of the account here today.
    let here: Money
}

extension Proposal {
    var familyShown: [ShownPayment] {
        byAccounts.family.compactMap { payment in
            family.first { $0.owner == payment.owner }.map {
                ShownPayment(
                    name: $0.shownName, amount: payment.amount,
                    here: $0.here(keeping: quote.paying.familyKeeps))
            }
        }
    }
}

extension FamilyAccount {
    var shownName: String { relativeName(name, owner) }
}

/// A relative's masked name; the end of the number where this township's roll has no name.
func relativeName(_ name: String?, _ number: PersonNumber) -> String {
    name.map(masked) ?? Texts.ofAnotherTownship(number)
}
