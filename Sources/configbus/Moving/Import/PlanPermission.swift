import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Whether the caller may make the changes of a plan, found before anything is done.
enum PlanPermission {
    /// - Throws: `CommandFailure` that names every change for which a grant is missing.
    static func check(_ plan: ChangePlan, _ client: RegistryClient) async throws {
        guard !plan.changing.isEmpty, let caller = try await caller(client) else { return }
        let missing = plan.changing.compactMap { step -> String? in
            let role = step.wanted.operation.role
            let (isPermitted, place) =
                step.key.isReserved
                ? (caller.has([.admin], forWholeService: step.key.service), "\(step.key.service)/*")
                : (caller.has(role == .admin ? [.admin] : [.publisher, .admin], for: step.key), step.key.description)
            return isPermitted ? nil : "\(step.key.title): it needs a grant '\(role.rawValue):\(place)' or a wider one."
        }
        guard missing.isEmpty else {
            throw CommandFailure(
                .notAllowed,
                "Nothing was changed: '\(caller.name)' may not make \(Count.text(missing.count, "change"))."
            ).with(missing)
        }
    }

    /// nil for a registry that keeps no identities.
    private static func caller(_ client: RegistryClient) async throws -> Principal? {
        let facts: IdentityFacts
        do {
            facts = try await client.access()
        } catch {
            guard error.code == .forbidden else { throw error }
            return nil
        }
        let grants = facts.grants.compactMap { try? Grant(parsing: $0) }
        return Principal(kind: .token, name: facts.identity, grants: grants)
    }
}
