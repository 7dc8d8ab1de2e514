import ConfigAccess
import HTTPTypes
import RegistryAPI

/// A gate that limits what each identity asks, and how many credentials that do not count come from an address.
///
/// Once too many came, one that memory does not know is refused before it is hashed or looked up. One that memory knows is let in
/// all the same: a bad client locks out none that shares its address.
struct LimitedGate<Gate: RequestGate>: RequestGate {
    private let gate: Gate
    let limits: RequestLimits?

    init(_ gate: Gate, _ limits: RequestLimits) {
        self.gate = gate
        self.limits = limits
    }

    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
        let decision = gate.admit(head, on: connection)
        switch decision {
        case .admitted: return decision
        case .refused(let problem): return .refused(counted(problem, connection))
        case .undecided:
            guard let refusal = limits?.refusalOfUnknown(from: connection.address) else { return .undecided }
            return head.isOpen ? .admitted(.anonymous) : .refused(refusal)
        }
    }

    func lookUp(_ head: HTTPRequest, on connection: ClientConnection) async throws(Problem) -> Principal {
        do throws(Problem) {
            return try await gate.lookUp(head, on: connection)
        } catch {
            throw counted(error, connection)
        }
    }

    /// Counts a credential that does not count; one that has ended is not counted, because its holder should get a new one.
    private func counted(_ problem: Problem, _ connection: ClientConnection) -> Problem {
        guard problem == .wrongCredential else { return problem }
        return limits?.countFailure(from: connection.address) ?? problem
    }

    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem) {
        try gate.permit(action, on: scope, to: principal)
    }

    func standing(of principal: Principal) -> AccessTable.Standing { gate.standing(of: principal) }

    var generation: UInt64 { gate.generation }

    func wait(after generation: UInt64) async { await gate.wait(after: generation) }
}
