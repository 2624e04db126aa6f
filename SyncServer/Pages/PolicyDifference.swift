import Cataloguing
import Pricing
import Publishing
import Rules
import Vocabulary

/// One change of policy as a person reads it: what, from when, before and after, and who says so.
struct PolicyChange: Sendable {
    let name: String
    let small: String
    let from: String
    let before: String
    let after: String
    let source: String
    /// Names the change in a draft; empty where it is no longer a draft.
    var key = ""
    var removable = false

    static func key(_ change: Draft.PriceChange) -> String { "\(change.code) \(change.from)" }
    static func key(_ change: Draft.ParameterChange) -> String { "\(change.path) \(change.from)" }

    /// A draft that cannot be applied is listed as it was typed, so that it can be mended.
    static func bare(_ draft: Draft) -> [PolicyChange] {
        draft.prices.map { change in
            PolicyChange(
                name: change.code, small: "", from: change.from.description, before: "",
                after: Texts.yuan(change.price), source: "", key: key(change), removable: true)
        }
            + draft.parameters.map { change in
                PolicyChange(
                    name: change.path, small: "", from: change.from.description, before: "",
                    after: change.value, source: change.source, key: key(change), removable: true)
            }
    }
}

/// Everything in which two contents differ; nothing a second person signs for is left unsaid.
struct PolicyDifference {
    let before: PolicyContent?
    let after: PolicyContent

    /// The changes; those of a draft carry the key by which they are taken out again.
    func changes(_ draft: Draft = Draft()) throws -> [PolicyChange] {
        let keys = Set(
            draft.prices.map(PolicyChange.key) + draft.parameters.map(PolicyChange.key))
        guard let before else { return [Texts.wholePolicy(after)] }
        let all =
            items(before) + (try parameters(before)) + diagnoses(before)
            + lists(before)
        return all.map { change in
            var change = change
            let key = change.small + " " + change.from
            if keys.contains(key) { (change.key, change.removable) = (key, true) }
            return change
        }
    }

    private func items(_ before: PolicyContent) -> [PolicyChange] {
        let (old, new) = (Set(before.catalogue), Set(after.catalogue))
        let earlier = Catalogue(before.catalogue)
        let added = new.subtracting(old).sorted {
            ($0.name, $0.validFrom) < ($1.name, $1.validFrom)
        }
        let replaced = Set(added.map { "\($0.code) \($0.validFrom)" })
        let removed = old.subtracting(new).filter {
            !replaced.contains("\($0.code) \($0.validFrom)")
        }
        return added.map { item in
            let was = earlier.item(item.code, item.validFrom)
            return PolicyChange(
                name: item.name + " " + item.specification, small: item.code,
                from: item.validFrom.description,
                before: was.map { Texts.terms($0, against: item) } ?? Texts.notBefore,
                after: was.map { Texts.terms(item, against: $0) } ?? Texts.terms(item), source: "")
        }
            + removed.sorted { $0.name < $1.name }.map { item in
                PolicyChange(
                    name: item.name + " " + item.specification, small: item.code,
                    from: item.validFrom.description, before: Texts.terms(item),
                    after: Texts.takenAway, source: "")
            }
    }

    private func parameters(_ before: PolicyContent) throws -> [PolicyChange] {
        let (old, new) = (try before.rulebook(), try after.rulebook())
        let paths = Set(before.rules.keys).union(after.rules.keys).filter { $0.hasSuffix(".yaml") }
        return paths.sorted().filter { before.rules[$0] != after.rules[$0] }.flatMap { file in
            let path = String(file.dropLast(".yaml".count))
            return values(path, old[path], new[path])
        }
    }

    private func values(_ path: String, _ old: Parameter?, _ new: Parameter?) -> [PolicyChange] {
        guard let named = new ?? old else { return [] }
        let (was, now) = (old?.values ?? [], new?.values ?? [])
        let days = Set((was + now).map(\.from)).sorted()
        let changes = days.compactMap { day -> PolicyChange? in
            let (left, right) = (was.first { $0.from == day }, now.first { $0.from == day })
            guard left != right else { return nil }
            let held = was.last { $0.from <= day }
            return PolicyChange(
                name: named.description, small: path, from: day.description,
                before: held.map { Texts.value($0.value, named.unit) } ?? Texts.notBefore,
                after: right.map { Texts.value($0.value, named.unit) } ?? Texts.takenAway,
                source: right?.source ?? "")
        }
        guard changes.isEmpty else { return changes }
        return [
            PolicyChange(
                name: named.description, small: path, from: "", before: "",
                after: Texts.wordsOnly, source: "")
        ]
    }

    private func lists(_ before: PolicyContent) -> [PolicyChange] {
        ListKind.allCases.compactMap { kind in
            let was = before.directories.first { $0.kind == kind }
            let now = after.directories.first { $0.kind == kind }
            return was == now ? nil : Texts.listChanged(kind, from: was?.count, to: now?.count)
        }
    }

    private func diagnoses(_ before: PolicyContent) -> [PolicyChange] {
        let (old, new) = (Set(before.diagnoses), Set(after.diagnoses))
        guard old != new else { return [] }
        return [
            Texts.diagnosesChanged(
                added: new.subtracting(old).count, removed: old.subtracting(new).count)
        ]
    }
}
