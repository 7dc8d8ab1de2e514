package import ConfigModel

/// A write that demanded a version is refused only for a version that was the head at a moment between its call and its
/// answer. Together with `AcknowledgementCheck`, which checks the writes that succeeded, this makes compare-and-set
/// linearizable.
package enum CompareAndSetCheck {
    /// When a version was made, as far as its writer can tell.
    private struct Moment {
        let earliest: ContinuousClock.Instant
        /// nil when its writer never learned of it.
        let latest: ContinuousClock.Instant?
    }

    /// - Parameters:
    ///   - operations: all writes on one document.
    ///   - history: all its versions.
    package static func violations(of operations: [WriteOperation], in history: [VersionRecord]) -> [String] {
        let versions = Dictionary(history.map { ($0.changeID, $0.version) }) { first, _ in first }
        let stored = Set(history.map(\.version))
        let moments = Dictionary(
            operations.compactMap { operation in
                versions[operation.changeID].map { ($0, moment(of: operation)) }
            }
        ) { first, _ in first }
        return operations.compactMap { operation in
            guard case .outdated(let current) = operation.outcome else { return nil }
            guard let expected = operation.expected else {
                return "a writer that demanded no version was told to look at version \(current)"
            }
            if current == expected { return "a writer that demanded version \(expected) was refused for it" }
            guard stored.contains(current) else {
                return "a writer was told of version \(current), which is not stored"
            }
            if let made = moments[current], made.earliest > operation.ended {
                return "a writer was told of version \(current) before it was made"
            }
            if let followed = moments[current + 1]?.latest, followed < operation.began {
                return "a writer was refused for version \(current), which had been followed before it asked"
            }
            return nil
        }
    }

    private static func moment(of operation: WriteOperation) -> Moment {
        Moment(earliest: operation.began, latest: operation.version.map { _ in operation.ended })
    }
}
