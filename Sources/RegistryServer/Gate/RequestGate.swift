import ConfigAccess
import HTTPTypes
import RegistryAPI

/// The one place where requests are let in or refused.
///
/// It stands before the answers from memory and before the router, so that no path through the server misses it. It decides
/// in two steps: about the principal, once for each request, before anything of it but the head is read; and about
/// permission, once the handler knows what the action concerns. Both are synchronous and decided from memory, because they
/// run on the event loop.
protocol RequestGate: Sendable {
    /// Who sent a request.
    ///
    /// - Throws: the refusal, which is the answer.
    func principal(of head: HTTPRequest) throws(Problem) -> Principal

    /// Whether a principal may do something.
    ///
    /// - Throws: the refusal, which is the answer.
    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem)
}

extension RequestGate {
    /// The decision about a request, to be kept with it.
    func admission(of head: HTTPRequest) -> Admission {
        do throws(Problem) { return Admission(result: .success(try principal(of: head))) } catch {
            return Admission(result: .failure(error))
        }
    }
}
