import ConfigAccess
import HTTPTypes
import RegistryAPI

/// The one place where requests are let in or refused.
///
/// It stands before the responses from memory and before the router, so that no path through the server misses it. It decides
/// in two steps: about the principal, once for each request, before anything of it but the head is read; and about
/// permission, once the handler knows what the action concerns. Both are decided from memory, because they run on the event
/// loop; only a credential that memory does not know is looked up on the way to the router.
protocol RequestGate: Sendable {
    /// Who sent a request, as far as memory tells.
    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision

    /// Who sent a request about which memory does not tell.
    ///
    /// - Throws: the refusal, which is the response.
    func lookUp(_ head: HTTPRequest, on connection: ClientConnection) async throws(Problem) -> Principal

    /// Whether a principal may do something.
    ///
    /// - Throws: the refusal, which is the response.
    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem)

    /// Whether a principal that was let in still counts.
    func standing(of principal: Principal) -> AccessTable.Standing

    /// How much each identity has asked; nil when nothing is limited.
    var limits: RequestLimits? { get }

    /// Rises whenever a principal may have another standing, because identities changed.
    var generation: UInt64 { get }

    /// Waits until the generation is another one, or the task is cancelled.
    func wait(after generation: UInt64) async
}

extension RequestGate {
    /// Memory tells everything.
    func lookUp(_ head: HTTPRequest, on connection: ClientConnection) async throws(Problem) -> Principal {
        switch admit(head, on: connection) {
        case .admitted(let principal): return principal
        case .refused(let problem): throw problem
        case .undecided: throw .accessUnknown
        }
    }

    /// Whether a principal that was let in still counts: nothing changes.
    func standing(of principal: Principal) -> AccessTable.Standing { .valid }

    /// Nothing is limited.
    var limits: RequestLimits? { nil }

    /// Nothing changes.
    var generation: UInt64 { 0 }

    /// Nothing changes.
    func wait(after generation: UInt64) async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }
}

extension Problem {
    /// It is not known who may do what, so that nothing is permitted.
    static var accessUnknown: Problem {
        Problem(
            .accessUnknown,
            "The registry has not reached its store for a while, so that it cannot tell which credentials count; try again soon."
        )
    }
}
