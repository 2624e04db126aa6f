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
}
