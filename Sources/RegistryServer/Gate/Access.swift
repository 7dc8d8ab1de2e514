import ConfigAccess
import ConfigModel
import ConfigRegistry
import RegistryAPI

/// A request that was let in: who wants to do what.
struct Access: Sendable {
    let gate: any RequestGate
    let principal: Principal
    var action: Action
    /// Nil for a request that came over none.
    var connection: ClientConnection?
    /// Where refusals are noted.
    var refusals: RefusalLog?

    /// - Throws: the refusal, when the principal may not do this there.
    func permit(_ scope: ActionScope) throws(Problem) {
        try gate.permit(action, on: scope, to: principal)
    }

    /// - Throws: the refusal, when the principal does not count any more.
    func requireStanding() throws(Problem) {
        let standing = gate.standing(of: principal)
        if standing != .valid { throw .unauthenticated(standing) }
    }

    /// Takes what the request costs of what the principal may ask.
    ///
    /// - Parameter requestClass: nil for the action's.
    /// - Throws: the refusal, when it came too early.
    func charge(_ cost: Int, as requestClass: RequestClass? = nil) throws(Problem) {
        guard let limits = gate.limits, let requestClass = requestClass ?? action.requestClass else { return }
        if let wait = limits.take(requestClass, cost, of: principal, on: connection) {
            throw limits.refusal(of: requestClass, to: principal, wait: wait)
        }
    }

    /// Counts a stream as open until the result is let go.
    ///
    /// - Returns: nil when streams are not counted.
    /// - Throws: the refusal, when too many are open.
    func openStream() throws(Problem) -> OpenStream? {
        guard let limits = gate.limits, let taken = limits.of(principal, on: connection) else { return nil }
        guard let stream = taken.openStream() else { throw limits.refusalOfStream(to: principal) }
        return stream
    }

    /// Notes a problem in the access log when it refuses the principal: that of a change set for each member that does.
    /// Without authentication there is none to refuse.
    func note(_ problem: Problem) {
        let members = problem.memberProblems
        guard members.isEmpty else { return members.forEach { note($0.problem) } }
        guard problem.isRefusal, principal.kind != .loopback else { return }
        var key: String?
        if case .string(let text)? = problem.members["key"] { key = text }
        refusals?.note(
            problem.type.name, status: problem.status, action: action.rawValue, subject: key,
            to: AccessActor(principal, address: connection?.address))
    }
}
