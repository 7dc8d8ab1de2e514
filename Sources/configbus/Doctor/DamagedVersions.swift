import ConfigModel
import RegistryAPI
import RegistryClient

/// What a registry says about versions in its store that do not fit their hashes or types.
enum DamagedVersions {
    /// One finding for each that is named.
    static func findings(_ health: HealthResponse) -> [Finding] {
        guard case .object(let damaged)? = health.details["damaged_versions"],
            case .array(let named)? = damaged["named"]
        else { return [] }
        var findings = named.map { version in
            Finding(check: "damaged", status: .warning, detail: "\(sentence(version)) \(advice)")
        }
        if case .number(let count)? = damaged["count"], let more = count.int64.map({ $0 - Int64(named.count) }),
            more > 0
        {
            findings.append(
                Finding(
                    check: "damaged", status: .warning,
                    detail: "\(more) more are damaged; the registry's log names them."))
        }
        return findings
    }

    private static let advice =
        "It is left out everywhere; if it is the newest one publish the document again, or restore the store from a backup."

    private static func sentence(_ version: JSONValue) -> String {
        guard case .object(let version) = version else { return "A version is damaged." }
        func text(_ name: String) -> String? {
            switch version[name] {
            case .string(let text)?: text
            case .number(let number)?: number.text
            default: nil
            }
        }
        let number = text("version").map { "version \($0)" } ?? "a version"
        let document = [text("service_name"), text("environment")].compactMap(\.self).joined(separator: "/")
        let name = document.isEmpty ? number : "\(document) \(number)"
        return "\(name) is damaged in the store: \(text("reason") ?? "no reason is given")."
    }
}
