package import ConfigModel

/// What would become of a request: nothing was stored.
package struct ChangeValidation: Sendable {
    /// The version that the request would make, without signature.
    package let record: VersionRecord
    /// The version that it would follow; nil when there is none, or when it is damaged.
    package let head: VersionRecord?
    /// The number of that version; 0 when there is none.
    package let baseVersion: Int64
    /// What would refuse the request, but for what it overrides.
    package let errors: [CheckFinding]
    /// What would be said about the version.
    package let warnings: [CheckFinding]
}

extension VersionWriter {
    func validate(_ request: ChangeRequest) async throws(RegistryError) -> ChangeValidation {
        try request.origin.check()
        let original = try await maker.original(for: request)
        let base = try await maker.freshBase(for: request.key)
        guard
            let draft = try await maker.draft(for: request, after: base.head, at: maker.moment, from: original)
        else { throw .unknownDocument(request.key) }
        return ChangeValidation(
            record: draft.record, head: base.head?.readable, baseVersion: base.head?.version ?? 0,
            errors: draft.refused, warnings: draft.warnings)
    }
}
