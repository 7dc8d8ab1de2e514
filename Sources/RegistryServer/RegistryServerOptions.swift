package import ConfigAccess
package import ConfigModel
import RegistryAPI

/// Where the server listens, and its limits.
package struct RegistryServerOptions: Sendable {
    /// A loopback address or `localhost`, because there is no authentication.
    package var host = "127.0.0.1"
    /// 0 takes any free port.
    package var port = 8_000
    /// The product's version, as `/health` shows it.
    package var version = "0"
    /// What a document's content may be.
    package var contentLimits = ContentLimits.default
    /// How many elements of contents one request may make the server visit.
    package var maximumWork = WorkBudget.defaultElements
    /// Who made a change, when the request does not say.
    package var anonymousAuthor = "anonymous"
    /// A connection on which nothing arrives for so long, between or in the middle of requests, is closed.
    package var idleTimeout: Duration = .seconds(75)
    /// All header fields of a request together, in bytes.
    package var maximumHeaderBytes = 32_768
    /// The keys that may sign checkpoints of audit logs; without them none is kept, because any client could
    /// put one in the place of a log's own.
    package var auditKeys: TrustedKeys?
    /// True when every caller needs a credential, whatever the store says; otherwise as the store says.
    package var requiresCredentials = false
    /// So many connections are open at a time; more wait. Nil sets no limit.
    package var maximumConnections: Int?
    /// What a registry takes of the connections that its limit of open files allows: each takes memory too.
    package static let mostConnections = 20_000
    /// How often a stream of events says how old the registry's own proof is.
    package var proofPeriod: Duration = .seconds(15)
    /// A client that takes nothing for so long, while there is much for it, is cut.
    package var stallLimit: Duration = .seconds(30)
    /// The head of a request is complete so long after its first byte, or refused.
    package var headLimit: Duration = .seconds(10)
    /// The body of a request is complete so long after its head, or refused.
    package var bodyLimit: Duration = .seconds(30)
    /// So long behind its last response a connection is read on, for a client that is still sending.
    package var lingering: Duration = .seconds(2)
    /// How much memory the bodies of all requests may take together; at least two of the largest ones have room.
    package var maximumBodiesBytes = 128 << 20
    /// The certificate that the server shows; nil for HTTP without TLS.
    package var tls: ServerTLS?
    /// The proxies that end TLS in front of the server: no other peer may connect. Nil when clients connect themselves.
    package var proxies: ProxyNetworks?

    /// What an identity and an address may ask, as soon as callers need a credential.
    package var limits = AccessLimits()

    /// What is reached on another machine without TLS, for `/health`: `store`, `bus`.
    package var plaintext: Set<String> = []

    /// Every request has a line in the log; none is answered before the router then.
    package var logsRequests = false

    /// The identities that the registry does not issue; nil when none of them count.
    package var foreignIdentities: ForeignIdentities?

    /// The defaults.
    package init() {}

    /// How much of a larger body is read and thrown away, so that a client that is still sending sees the answer.
    var discardedBytes = RequestBodyReader.discardedBytes
    /// The scheme that clients see in the server's address.
    package var scheme: String { tls != nil || proxies != nil ? "https" : "http" }

    /// The largest request body: the content, once more for white space and escapes, and what is around it.
    var maximumBodyBytes: Int { 2 * contentLimits.maximumBytes + 65_536 }

    /// The largest body with a change set: its contents, once more for white space and escapes, and what is around them.
    var maximumSetBytes: Int { 2 * ChangeSet.maximumContentBytes + 2 * 65_536 }

    /// The largest body of a request to a path.
    func maximumBytes(at path: String) -> Int { path == APIPath.changeSets ? maximumSetBytes : maximumBodyBytes }

    private var largestBodyBytes: Int { max(maximumBodyBytes, maximumSetBytes) }

    var bodyBudget: Int { max(maximumBodiesBytes, 3 * maximumBodyBytes) }

    var connectionLimits: ConnectionLimits {
        var limits = ConnectionLimits(
            stall: stallLimit, bodyBytes: largestBodyBytes + 2 * discardedBytes)
        limits.head = headLimit
        limits.body = bodyLimit
        limits.lingering = lingering
        limits.proxies = proxies
        return limits
    }
}
