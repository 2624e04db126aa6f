import Journaling
import Merging
import Syncing
import Vocabulary

// What cannot be merged: kept for ever, shown with its reason and the next step.
extension Site {
    func setAside(_ ask: Ask) async throws -> Answer {
        try office.store.read { session in
            let places = try Places(session)
            let rows = try session.setAside(limit: 500).map { reference, reason in
                [
                    Cell(Texts.entryNumber(reference), to: reference.href),
                    Cell(
                        places.name(reference.kiosk), to: "/kiosks/\(reference.kiosk)",
                        note: places.phone(reference.kiosk)),
                    Cell(Texts.hindrance(reason), note: reason),
                ]
            }
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["setAside"] ?? "",
                    lead: Texts.page["setAsideLead"] ?? "",
                    sections: [Section("", "", Table(Texts.setAsideColumns, rows))]))
        }
    }

    /// Both branches of a journal that says two things under one number.
    func fork(_ ask: Ask) async throws -> Answer {
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        return try office.store.read { session in
            let places = try Places(session)
            let other = try session.forkEntries(of: kiosk)
            guard let journal = places.journal(kiosk), let first = other.map(\.sequence).min()
            else { throw PageFault.notFound }
            let kept = try session.entries(of: kiosk, before: Int.max, limit: 500)
                .filter { $0.sequence >= first }.reversed()
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.forkHeading(places.name(kiosk)),
                    lead: Texts.forkLead(first, contact(journal), places.phone(kiosk)),
                    back: [Cell(places.name(kiosk), to: "/kiosks/\(kiosk)")],
                    sections: [
                        Section(
                            Texts.page["branchMerged"] ?? "", Texts.branch(kept.count),
                            try entryTable(Array(kept), session, places)),
                        Section(
                            Texts.page["branchKept"] ?? "", Texts.branch(other.count),
                            try entryTable(other, session, places, linked: false)),
                    ]))
        }
    }
}
