import ConfigAccess
import RegistryAPI

/// A request that was let in: who wants to do what.
struct Access: Sendable {
    let gate: any RequestGate
    let principal: Principal
    let action: Action

    /// - Throws: the refusal, when the principal may not do this there.
    func permit(_ scope: ActionScope) throws(Problem) {
        try gate.permit(action, on: scope, to: principal)
    }

    /// - Throws: the refusal, when the principal does not count any more.
    func requireStanding() throws(Problem) {
        let standing = gate.standing(of: principal)
        if standing != .valid { throw .unauthenticated(standing) }
    }
}
