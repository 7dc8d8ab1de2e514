import ConfigAccess
import ConfigModel

/// Writes into the access log that findings of checks are let pass, before the version is stored.
struct OverrideLog: Sendable {
    let administration: AccessAdministration

    /// Without authentication there is no identity that could be named.
    ///
    /// - Throws: `.unavailable` when it cannot be logged; then the version must not be stored.
    func note(_ request: ChangeRequest) async throws(RegistryError) {
        guard let actor = request.origin.actor else { return }
        let act = AccessAct(kind: .checksOverridden, action: request.action, subject: request.key.description)
        do throws(AccessError) {
            try await administration.perform(act, by: actor) { () throws(AccessError) in }
        } catch {
            throw .unavailable(
                "What is overridden has to be in the access log, which cannot be written: \(error) Nothing was stored.")
        }
    }
}

extension ChangeRequest {
    fileprivate var action: Action {
        if case .delete = operation { .deleteDocument } else { .writeDocument }
    }
}
