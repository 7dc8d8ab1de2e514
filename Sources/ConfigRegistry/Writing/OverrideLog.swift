import ConfigAccess
import ConfigModel

/// Writes into the access log that findings of checks are let pass, before the version is stored.
struct OverrideLog: Sendable {
    let administration: AccessAdministration

    /// Without authentication there is no identity that could be named. What was found is in the version, by name.
    ///
    /// - Parameter overridden: what is let pass.
    /// - Throws: `.unavailable` when it cannot be logged; then the version must not be stored.
    func note(_ request: ChangeRequest, letting overridden: [CheckFinding]) async throws(RegistryError) {
        guard let actor = request.origin.actor else { return }
        let act = AccessAct(
            kind: .checksOverridden, action: request.action(letting: overridden), subject: request.key.description)
        do throws(AccessError) {
            try await administration.perform(act, by: actor) { () throws(AccessError) in }
        } catch {
            throw .unavailable(
                "What is overridden has to be in the access log, which cannot be written: \(error) Nothing was stored.")
        }
    }
}

extension ChangeRequest {
    /// The act that permission was needed for.
    fileprivate func action(letting overridden: [CheckFinding]) -> Action {
        if overridden.contains(where: { $0.check == .schema }) { return .overrideSchema }
        if key.isSchema { return .writeSchema }
        if case .delete = operation { return .deleteDocument }
        return .writeDocument
    }
}
