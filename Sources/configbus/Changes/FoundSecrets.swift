import ChangeChecks
import ConfigModel

/// The places of a document that hold a secret, as checks found them, or as the author lets them pass: no value of them is
/// printed.
struct FoundSecrets {
    private let places: [[String]]

    /// - Parameters:
    ///   - findings: of all checks.
    ///   - overrides: the names with which secrets are let pass, so that nothing is found there.
    init(_ findings: [CheckFinding], _ overrides: CheckOverrides) {
        let pointers =
            findings.filter { $0.check == .secret }.map(\.pointer) + overrides.names.compactMap { Self.place(of: $0) }
        places = pointers.compactMap { (try? JSONPointer(parsing: $0))?.tokens }
    }

    /// - Parameter record: it names what was let pass.
    init(_ findings: [CheckFinding], in record: VersionRecord) {
        var names: [String] = []
        if let text = record.overrides, case .array(let elements)? = try? JSONValue(parsing: Array(text.utf8)) {
            names = elements.compactMap { (element) -> String? in
                if case .string(let name) = element { name } else { nil }
            }
        }
        self.init(findings, (try? CheckOverrides(names)) ?? .none)
    }

    /// `/db/password` of `secret:/db/password`, and of `secret:2:/db/password`.
    private static func place(of override: String) -> String? {
        guard override.hasPrefix("secret:") else { return nil }
        return override.firstIndex(of: "/").map { String(override[$0...]) }
    }

    /// Changes with `***` in the place of each secret, and of each key that is one.
    func hidden(in changes: [ContentChange]) -> [ContentChange] {
        guard !places.isEmpty else { return changes }
        return changes.map { change in
            let shown = change.path.tokens.map(ShownText.key)
            // Nothing is left of the way to a place that the change is at, or in.
            let inside = places.compactMap { place -> ArraySlice<String>? in
                guard zip(place, shown).allSatisfy(==) else { return nil }
                return place.dropFirst(shown.count)
            }
            return ContentChange(
                path: JSONPointer(tokens: shown), old: change.old.map { Self.hide(inside, in: $0) },
                new: change.new.map { Self.hide(inside, in: $0) })
        }
    }

    private static func hide(_ places: [ArraySlice<String>], in value: JSONValue) -> JSONValue {
        guard !places.isEmpty else { return value }
        if places.contains(where: \.isEmpty) { return .string(ShownText.mask) }
        func hide(at token: String, in value: JSONValue) -> JSONValue {
            Self.hide(places.filter { $0.first == token }.map { $0.dropFirst() }, in: value)
        }
        switch value {
        case .object(let object):
            var shown = JSONObject()
            for member in object.members {
                let key = ShownText.key(member.key)
                shown[key] = hide(at: key, in: member.value)
            }
            return .object(shown)
        case .array(let elements):
            return .array(elements.enumerated().map { hide(at: String($0.offset), in: $0.element) })
        case .null, .bool, .number, .string: return value
        }
    }
}
