import AsyncSupport
import ConfigModel
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RegistryAPI

/// The lines about requests: all of them when that is wanted, and in any case those that were slow or failed, at most ten a second.
///
/// A line names the route and the document, never the target as it was sent: that may hold anything.
struct RequestLog: Sendable {
    /// A request that takes longer is slow, unless it waits because it was to wait.
    static let slow: Duration = .seconds(1)

    private let logger: Logger
    private let logsAll: Bool
    private let budget = LineBudget()

    init(_ logger: Logger, logsAll: Bool) {
        self.logger = logger
        self.logsAll = logsAll
    }

    func note(
        _ request: Request, _ context: ServerContext, _ response: Response, _ facts: RequestFacts, took: Duration
    ) {
        let failed = response.status.code >= 500
        let slow = took > Self.slow && !request.waits(on: context.route)
        guard logsAll || failed || slow else { return }
        let message: Logger.Message =
            failed ? "a request failed on the registry's side" : slow ? "a request was slow" : "request"
        var leftOut = 0
        if !logsAll {
            switch budget.take(at: Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000_000)) {
            case .logged(let count): leftOut = count
            case .keptOut(let isFirst):
                if isFirst { reportLater() }
                return
            }
        }
        var metadata: Logger.Metadata = [
            "request_id": "\(facts.id)", "method": "\(request.method.rawValue)", "route": "\(context.route)",
            "status": .stringConvertible(response.status.code),
            "duration_ms": .stringConvertible(took.milliseconds),
        ]
        if let key = context.documentKey(request) { metadata["key"] = "\(key)" }
        if let version = response.headers[.configVersion] { metadata["version"] = "\(version)" }
        if let identity = facts.identity { metadata["identity"] = "\(identity)" }
        if leftOut > 0 { metadata["left_out"] = .stringConvertible(leftOut) }
        logger.log(level: failed || slow ? .warning : .info, message, metadata: metadata)
    }

    /// Says how many lines were kept out, unless a line has said it by then.
    private func reportLater() {
        let (logger, budget) = (logger, budget)
        Task {
            try? await Task.sleep(for: .seconds(1))
            let count = budget.takeLeftOut()
            guard count > 0 else { return }
            logger.warning(
                "more requests were slow or failed than are logged", metadata: ["left_out": .stringConvertible(count)])
        }
    }
}

extension Request {
    /// True for one whose response comes late because that is its meaning: a read that waits for a version, and a schema, which is
    /// answered when every registry knows it.
    fileprivate func waits(on route: String) -> Bool {
        switch route {
        case APIPath.document: uri.queryParameters["wait"] != nil
        case APIPath.schema: method == .put || method == .delete
        case APIPath.changeSets: true
        default: false
        }
    }
}

extension ServerContext {
    /// The document that a request is about; nil for none, and for a name that is none.
    fileprivate func documentKey(_ request: Request) -> DocumentKey? {
        guard let service = parameters["service"] else { return nil }
        let environment = request.uri.queryParameters["environment"].map(String.init)
        return try? environment.map { try DocumentKey(service: String(service), environment: $0) }
            ?? DocumentKey(service: String(service))
    }
}
