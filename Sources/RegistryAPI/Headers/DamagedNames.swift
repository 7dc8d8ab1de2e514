package import ConfigModel

/// The documents that a list or a stream leaves out because their newest version is damaged, as the header
/// `Config-Damaged` and a comment of a stream name them: `prod/parsing@2 test/routing@7`.
package struct DamagedNames: Sendable, Equatable {
    /// So many are named.
    private static let namedLimit = 50

    /// The documents whose name and version could be read.
    package let named: [DocumentKey: Int64]
    /// False when there are more, which cannot be named.
    package let isComplete: Bool

    /// Reads the text; nil names nothing. What cannot be read is for newer clients, or has no name.
    package init(_ text: String?) {
        let words = (text ?? "").split(separator: " ")
        var named: [DocumentKey: Int64] = [:]
        for word in words {
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            let path = parts.first?.split(separator: "/", omittingEmptySubsequences: false) ?? []
            guard parts.count == 2, path.count == 2, let version = Int64(parts[1]),
                let key = try? DocumentKey(storedService: String(path[1]), environment: String(path[0]))
            else { continue }
            named[key] = version
        }
        self.named = named
        isComplete = named.count == words.count
    }

    /// The text that names versions; those whose name or number cannot be read are `?`. Names consist of characters that may
    /// stand in a header and in a line of a stream. Nil when there are none.
    package static func text(_ versions: [(key: DocumentKey?, version: Int64?)]) -> String? {
        guard !versions.isEmpty else { return nil }
        var words = versions.prefix(namedLimit).map { version in
            version.key.map { key in "\(key.environment)/\(key.service)@\(version.version.map { "\($0)" } ?? "?")" }
                ?? "?"
        }
        if versions.count > namedLimit { words.append("...") }
        return words.joined(separator: " ")
    }
}
