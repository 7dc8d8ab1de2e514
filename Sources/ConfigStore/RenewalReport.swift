package import ConfigModel

/// Whose signatures a store has.
package struct RenewalReport: Sendable, Equatable {
    /// So many versions are named at most.
    package static let longestList = 100

    /// Versions with the new key's signature.
    package private(set) var renewed = 0
    /// Versions that an old key validly signed.
    package private(set) var renewable = 0
    /// All others.
    package private(set) var others = 0
    /// The first of the others.
    package private(set) var named: [RenewalFinding] = []
    /// The statement about the epoch; nil when there is none.
    package internal(set) var statement: RenewalStanding?

    /// True when nothing has another signature than the new key's.
    package var isComplete: Bool {
        renewable == 0 && others == 0 && (statement ?? .renewed) == .renewed
    }

    mutating func count(_ outline: RecordOutline, _ standing: RenewalStanding) {
        switch standing {
        case .renewed: renewed += 1
        case .renewable: renewable += 1
        case .other(let reason): name(RenewalFinding(key: outline.key, version: outline.version, reason: reason))
        }
    }

    mutating func count(_ damage: DamagedVersion) {
        name(RenewalFinding(key: damage.key, version: damage.version, reason: "It is damaged: \(damage.reason)."))
    }

    private mutating func name(_ finding: RenewalFinding) {
        others += 1
        if named.count < Self.longestList { named.append(finding) }
    }
}

/// A version that no signature of the new key is given to.
package struct RenewalFinding: Sendable, Equatable {
    /// The document, as far as it can be read.
    package let key: DocumentKey?
    /// The number, as far as it can be read.
    package let version: Int64?
    /// One sentence.
    package let reason: String
}
