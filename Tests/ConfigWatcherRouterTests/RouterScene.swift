import ConfigModel
import ConfigWatcher
import ConfigWatcherRouter
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import TestSupport
import WatcherCore

/// A source whose document a test decides about; it is read, and announces nothing.
final class ReadSource: ConfigSource {
    private let head: Mutex<DocumentVersion>

    init(_ record: VersionRecord) { head = Mutex(DocumentVersion(record)) }

    func set(_ record: VersionRecord) { head.withLock { $0 = DocumentVersion(record) } }

    func run(_ feed: SourceFeed) async {
        for key in feed.documents { feed.send(.mayHaveChanged(isFresh: true), to: key) }
        for await request in feed.requests {
            if case .read(let read) = request { read.respond(.version(head.withLock { $0 })) }
        }
    }
}

/// The context of an application that reads a token.
struct AppContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var identity: String?

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}

/// The context of a caller that was let in.
struct OperatorContext: OperatorRequestContext, ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let operatorName: String

    init(context: AppContext) throws {
        guard let identity = context.identity else { throw HTTPError(.unauthorized) }
        coreContext = context.coreContext
        operatorName = identity
    }
}

/// Lets in who knows the token.
struct TokenMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: @concurrent (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if request.headers[.authorization] == "Bearer right" { context.identity = "ana" }
        return try await next(request, context)
    }
}

/// What an operator was answered.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let text: String
    let object: JSONObject

    init(_ response: TestResponse) {
        status = response.status
        text = String(buffer: response.body)
        if case .object(let object)? = try? JSONValue(parsing: text) {
            self.object = object
        } else {
            object = JSONObject()
        }
    }
}

/// An application with the routes of a running watcher.
struct RouterScene: Sendable {
    struct Limits: Decodable, Sendable {
        let limit: Int
        let password: String
    }

    let source: ReadSource
    let watcher: ConfigWatcher<Limits>
    private let client: any TestClientProtocol

    /// Runs version 1, with the limit 1.
    static func with(
        _ body: @escaping @Sendable (RouterScene, inout TestHistory) async throws -> Void
    ) async throws {
        let first = try TestHistory(contents: [content(1)])
        let source = ReadSource(first.version(1))
        let watcher = try ConfigWatcher<Limits>(key: "parsing/prod", source: source, logger: nil)
        watcher.validate("limit") { $0.limit > 0 ? .valid : .invalid("limit must be more than 0") }
        let router = Router(context: AppContext.self)
        watcher.addRoutes(
            to: router.group("config").add(middleware: TokenMiddleware()).group(context: OperatorContext.self))
        try await Application(router: router).test(.router) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watcher.run() }
                _ = try await watcher.ready()
                var history = first
                try await body(RouterScene(source: source, watcher: watcher, client: client), &history)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    /// What a route answers of a watcher that does not run.
    static func answer(of watcher: ConfigWatcher<Limits>, to path: String) async throws -> Answer {
        let router = Router(context: AppContext.self)
        watcher.addRoutes(
            to: router.group("config").add(middleware: TokenMiddleware()).group(context: OperatorContext.self))
        return try await Application(router: router).test(.router) { client in
            try await client.execute(
                uri: "/config/\(path)", method: .get, headers: [.authorization: "Bearer right"]
            ) { Answer($0) }
        }
    }

    static func content(_ limit: Int) -> String { #"{"limit":\#(limit),"password":"hunter2"}"# }

    func get(_ path: String, token: String? = "right") async throws -> Answer {
        try await call(.get, path, token: token)
    }

    func post(_ path: String, _ body: String = "", token: String? = "right") async throws -> Answer {
        try await call(.post, path, body, token: token)
    }

    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", token: String?
    ) async throws -> Answer {
        var headers = HTTPFields()
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await client.execute(
            uri: "/config/\(path)", method: method, headers: headers, body: ByteBuffer(string: body)
        ) { Answer($0) }
    }
}
