import ConfigStore
import HTTPTypes
import RegistryAPI

extension DamagedNames {
    /// The text that names versions which a response leaves out; nil when there are none.
    static func text(_ versions: [DamagedVersion]) -> String? { text(versions.map { ($0.key, $0.version) }) }
}

extension HTTPFields {
    /// Says which versions were left out.
    mutating func name(_ damaged: [DamagedVersion]) {
        if let text = DamagedNames.text(damaged) { self[.configDamaged] = text }
    }
}
