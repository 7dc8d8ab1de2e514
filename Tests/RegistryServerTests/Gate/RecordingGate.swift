import ConfigAccess
import ConfigModel
import HTTPTypes
import RegistryAPI
import Synchronization

@testable import RegistryServer

/// Lets every request in, permits or denies everything, and keeps what it was asked for.
final class RecordingGate: RequestGate {
    struct Permission: Equatable {
        let action: Action
        let scope: ActionScope

        init(_ action: Action, _ scope: ActionScope) {
            self.action = action
            self.scope = scope
        }
    }

    private struct State {
        var paths: [String] = []
        var permissions: [Permission] = []
        var denies = false
    }

    private let state = Mutex(State())

    /// Of the requests, in the order in which they were decided.
    var paths: [String] { state.withLock { $0.paths } }

    var permissions: [Permission] { state.withLock { $0.permissions } }

    var denies: Bool {
        get { state.withLock { $0.denies } }
        set { state.withLock { $0.denies = newValue } }
    }

    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
        state.withLock { $0.paths.append(head.path ?? "") }
        return .admitted(.loopback)
    }

    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem) {
        let denies = state.withLock { state in
            state.permissions.append(Permission(action, scope))
            return state.denies
        }
        if denies { throw Problem(.forwarded, "This gate permits nothing.") }
    }
}
