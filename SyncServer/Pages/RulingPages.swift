import Checking
import Identifying
import Journaling
import Merging
import Syncing
import Vocabulary

// A clerk rules on a matter, or confirms what another has proposed.
extension Site {
    func rule(_ ask: Ask) async throws -> Answer {
        let (id, pin, form) = (ask.person.id, ask.form["pin"], ask.form)
        let ruling = form["step"] == "confirm" ? nil : try ruling(form)
        try await door.withAttempt(of: id) {
            try await office.checkPIN(of: id, pin)
            if let ruling {
                _ = try await office.propose(ruling, by: id)
            } else if let number = Int(form["proposal"]) {
                _ = try await office.confirmRuling(number, by: id)
            }
        }
        let page = form["page"]
        return .see(page.hasPrefix("/") && !page.hasPrefix("//") ? page : "/waiting")
    }

    private func ruling(_ form: Form) throws -> Ruling {
        let parts = form["option"].split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 4, let kiosk = KioskID(rawValue: parts[0]),
            let sequence = Int(parts[1]), let choice = Ruling.Choice(rawValue: parts[2]),
            form.has("reason")
        else { throw PageFault.unreadable(field: "option") }
        let target = try office.store.read {
            try $0.entry(EntryReference(kiosk: kiosk, sequence: sequence))
        }
        guard let target else { throw PageFault.notFound }
        let matter = RulingCase(
            matter: form["matter"], entries: [target],
            person: PersonNumber(rawValue: form["person"]), year: Int(form["year"]),
            subject: Hinge(rawValue: form["subject"]), page: "")
        return matter.ruling(
            on: target, choice, Adjustment.Bearer(rawValue: parts[3]), reason: form["reason"])
    }
}

extension Hinge {
    /// Where a clash of this subject is shown.
    func href(_ clash: Clash) -> String {
        link("/matters", ["kind": clash.kind.rawValue, "subject": rawValue])
    }
}
