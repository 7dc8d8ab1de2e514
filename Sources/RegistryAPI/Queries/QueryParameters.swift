import ConfigModel

/// The query of a request, form-encoded: `+` is a space, `%2B` a plus.
///
/// Unknown parameters are refused by name, as are repeated ones: a typo must not change meaning.
package struct QueryParameters: Sendable {
    private var values: [(name: String, value: String)] = []

    /// Reads a query.
    ///
    /// - Parameters:
    ///   - query: what follows the question mark; nil when there is none.
    ///   - known: the parameters of this call.
    ///   - repeatable: those of them that may occur several times.
    package init(_ query: String?, known: [String], repeatable: [String] = []) throws(Problem) {
        guard let query, !query.isEmpty else { return }
        for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = try Self.decoded(pair[..<equals], of: nil)
            let value = try Self.decoded(pair[equals...].dropFirst(), of: name)
            guard known.contains(name) else {
                let list =
                    known.isEmpty ? "this call takes none" : "known here are \(known.sorted().joined(separator: ", "))"
                throw Problem(.invalidParameter, "The query parameter '\(Self.shown(name))' is unknown; \(list).")
                    .with("parameter", Self.shown(name))
            }
            guard repeatable.contains(name) || !values.contains(where: { $0.name == name }) else {
                throw Self.invalid(name, "is given twice; give it once.")
            }
            values.append((name, value))
        }
    }

    /// True when there is none.
    package var isEmpty: Bool { values.isEmpty }

    /// The names that are present, in the order in which they were given.
    package var names: [String] { values.map(\.name) }

    /// The value of a parameter that is given at most once.
    package subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// Names and values in the order in which they were given.
    package var all: [(name: String, value: String)] { values }

    /// All values of a repeatable parameter.
    package func all(_ name: String) -> [String] { values.lazy.filter { $0.name == name }.map(\.value) }

    /// A refusal that names a parameter.
    package static func invalid(_ name: String, _ rule: String) -> Problem {
        Problem(.invalidParameter, "The query parameter '\(name)' \(rule)").with("parameter", name)
    }

    private static func decoded(_ part: Substring.UTF8View.SubSequence, of name: String?) throws(Problem) -> String {
        guard let text = PercentEncoding.decoded(part, isForm: true) else {
            throw invalid(shown(name ?? String(Substring(part))), "is not percent-encoded UTF-8; write every % as %25.")
        }
        return text
    }

    /// A name from outside, short and printable.
    private static func shown(_ name: String) -> String {
        String(name.unicodeScalars.prefix(64).map { $0.properties.generalCategory == .control ? "?" : Character($0) })
    }
}
