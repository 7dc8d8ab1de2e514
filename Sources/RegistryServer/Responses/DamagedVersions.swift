import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes

/// How an answer about several documents names those that it leaves out, because what is stored of them is damaged.
enum DamagedVersions {
    /// So many are named.
    private static let namedLimit = 50

    /// `prod/parsing@2 test/parsing@7`; those whose name or number cannot be read are `?`. Names consist of characters that
    /// may stand in a header and in a line of a stream. Nil when there are none.
    static func text(_ versions: [DamagedVersion]) -> String? {
        guard !versions.isEmpty else { return nil }
        var words = versions.prefix(namedLimit).map { version in
            version.key.map { key in "\(key.environment)/\(key.service)@\(version.version.map { "\($0)" } ?? "?")" }
                ?? "?"
        }
        if versions.count > namedLimit { words.append("...") }
        return words.joined(separator: " ")
    }
}

extension HTTPFields {
    /// Says which versions were left out.
    mutating func name(_ damaged: [DamagedVersion]) {
        if let text = DamagedVersions.text(damaged) { self[.configDamaged] = text }
    }
}
