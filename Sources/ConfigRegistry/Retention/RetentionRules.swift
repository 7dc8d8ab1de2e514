/// Which versions of a document are kept. A version is pruned when every rule that is set allows it, and never before it is
/// seven days old, or while it is the head or not announced.
package struct RetentionRules: Sendable, Equatable {
    /// How old a version is in any case before it is let go.
    package static let minimumAge: Duration = .seconds(7 * 86_400)
    /// How few newest versions may be kept.
    package static let fewestVersions: Int64 = 10

    /// So many of the newest versions stay; nil when their number does not matter.
    package let versions: Int64?
    /// Versions stay for so long; nil when their age does not matter.
    package let age: Duration?

    /// Nil when neither rule is set: then everything is kept.
    ///
    /// - Parameters:
    ///   - versions: `fewestVersions` at least.
    ///   - age: `minimumAge` at least.
    package init?(versions: Int64?, age: Duration?) {
        guard versions != nil || age != nil else { return nil }
        self.versions = versions.map { max($0, Self.fewestVersions) }
        self.age = age
    }

    /// The last version that may go when this is the head; less than 1 when none may.
    func lastVersion(below head: Int64) -> Int64 { head - (versions ?? 1) }

    /// How long each version that goes was stored at least.
    var storedFor: Duration { max(Self.minimumAge, age ?? .zero) }
}
