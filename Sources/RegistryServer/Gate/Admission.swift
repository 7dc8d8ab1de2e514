import ConfigAccess
import DequeModule
import RegistryAPI
import Synchronization

/// The gate's decision about one request, and the connection on which the request came.
struct Admission: Sendable {
    /// The decision about the request that the running task handles; nil for a request that came over no connection.
    @TaskLocal static var current: Admission?

    /// What the gate says.
    enum Decision: Sendable {
        /// The request is let in.
        case admitted(Principal)
        /// The refusal, which is the response.
        case refused(Problem)
        /// Memory does not tell: it is decided on the way to the router.
        case undecided
    }

    let decision: Decision
    let connection: ClientConnection
}

/// The decisions about those requests of a connection that were passed on to the router, which takes them one after the
/// other in the same order.
final class PendingAdmissions: Sendable {
    private let admissions = Mutex(Deque<Admission>())

    func append(_ admission: Admission) { admissions.withLock { $0.append(admission) } }

    /// The decision about the next request; nil when there is none, so that the gate has to decide.
    func next() -> Admission? { admissions.withLock { $0.popFirst() } }
}
