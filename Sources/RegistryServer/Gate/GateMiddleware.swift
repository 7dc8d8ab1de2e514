import ConfigAccess
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// Refuses what the gate refuses, before any other handler sees the request.
///
/// The decision was made when the request's head arrived, unless memory did not suffice for it; a request that came over no
/// connection (one of a test that calls the router) is decided here.
struct GateMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    let gate: any RequestGate
    /// Where refusals are noted.
    let refusals: RefusalLog

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        do throws(Problem) {
            context.principal = try await principal(of: request, context.admission)
        } catch {
            var problem = error
            note(problem, context)
            // A client that waits for 100 (Continue) may send its body or not; a large one is not read for a client that is
            // not known.
            if request.headers.contains(.expect) || request.announcesLargeBody { problem.closesConnection = true }
            throw problem
        }
        if let principal = context.principal, principal.isNamed { RequestFacts.current?.note(identity: principal.name) }
        return try await next(request, context)
    }

    /// Notes a credential that is missing or does not count, or one too many. Without authentication there is none.
    private func note(_ problem: Problem, _ context: ServerContext) {
        guard problem.isRefusal, problem.status != 403 else { return }
        refusals.note(
            problem.type.name, status: problem.status, action: "authenticate", subject: nil,
            to: AccessActor(.anonymous, address: context.address))
    }

    private func principal(of request: Request, _ admission: Admission?) async throws(Problem) -> Principal {
        let connection = admission?.connection ?? ClientConnection(address: nil)
        switch admission?.decision ?? gate.admit(request.head, on: connection) {
        case .admitted(let principal): return principal
        case .refused(let problem): throw problem
        case .undecided: return try await gate.lookUp(request.head, on: connection)
        }
    }
}

extension Principal {
    /// False for a caller without an identity.
    fileprivate var isNamed: Bool {
        switch kind {
        case .token, .jwt, .certificate: true
        case .loopback, .none, .store: false
        }
    }
}

extension Request {
    /// True when more follows than is read and thrown away for the sake of the connection.
    fileprivate var announcesLargeBody: Bool {
        if headers.contains(.transferEncoding) { return true }
        guard let length = headers[.contentLength] else { return false }
        return Int(length).map { $0 > 65_536 } ?? true
    }
}
