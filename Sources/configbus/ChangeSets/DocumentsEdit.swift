import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Changes the documents of several environments as one; when another writer was faster it starts anew.
struct DocumentsEdit {
    let keys: [DocumentKey]
    let change: ChangeOptions
    var isForced = false

    private static let attempts = 16

    /// - Parameters:
    ///   - operation: what is done to each of them.
    ///   - check: refuses a plan.
    func publish(
        _ client: RegistryClient, _ operation: WantedChange.Operation, check: (ChangePlan) throws -> Void = { _ in }
    ) async throws -> ChangeSetReport {
        let wanted = keys.map { WantedChange(key: $0, operation: operation) }
        return try await WriteRole.needing(operation.role) {
            if let earlier = try await EarlierVersions.made(under: change.reason.idempotencyKey, keys, client) {
                return try await earlier.report(of: wanted, comment: change.reason.comment, client)
            }
            for _ in 1..<Self.attempts {
                let plan = try await ChangePlan.make(wanted, isForced: isForced, client)
                try check(plan)
                do {
                    return try await client.make(plan, change.reason)
                } catch let failure as CommandFailure where failure.problem?.type == .versionMismatch {
                    continue
                }
            }
            throw CommandFailure.refused(
                "\(keys.map(\.description).joined(separator: ", ")) change faster than they can be edited. Try again.")
        }
    }
}

extension WantedChange.Operation {
    /// The role that it needs.
    var role: Role {
        switch self {
        case .delete, .schema: .admin
        case .content, .edit, .patch, .restore: .publisher
        }
    }
}

extension DocumentsOptions {
    /// Publishes what an edit makes of the document that is named, or of the several that are, and prints what became of it.
    func publish(
        _ change: ChangeOptions, isForced: Bool = false, _ client: RegistryClient, _ output: OutputOptions,
        _ edit: @escaping @Sendable (JSONObject) throws -> JSONObject
    ) async throws {
        let keys = try keys()
        guard let key = keys.first, keys.count == 1 else {
            let edits = DocumentsEdit(keys: keys, change: change, isForced: isForced)
            return try await edits.publish(client, .edit(edit)).print(output)
        }
        let single = DocumentEdit(key: key, change: change, isForced: isForced)
        try await WriteRole.needing(.publisher) { try await single.publish(client, edit) }.print(output)
    }
}
