import ConfigModel
import HTTPTypes
package import Logging
import Synchronization

/// What every line that is logged for a request says of it, and what its handling finds out for its own line.
final class RequestFacts: Sendable {
    /// The request that the running task handles.
    @TaskLocal static var current: RequestFacts?

    /// The client's name for it, or one that was made.
    let id: String
    /// The trace that it belongs to; nil for none.
    let traceID: String?
    private let caller = Mutex<String?>(nil)

    init(_ headers: HTTPFields) {
        let ids = headers[values: .requestID]
        id = ids.count == 1 && Self.isValid(ids[0]) ? ids[0] : Self.newID()
        traceID = TraceContext(headers)?.traceID
    }

    /// Who sent it; nil for a caller without an identity.
    var identity: String? { caller.withLock { $0 } }

    func note(identity: String) { caller.withLock { $0 = identity } }

    /// `[A-Za-z0-9._-]{1,64}`: nothing that could be taken for more than a name.
    static func isValid(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func newID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension RegistryServer {
    /// Adds to every line that is logged for a request, whatever part of the registry logs it, what names the request.
    package static let logMetadata = Logger.MetadataProvider {
        guard let facts = RequestFacts.current else { return [:] }
        var metadata: Logger.Metadata = ["request_id": "\(facts.id)"]
        if let traceID = facts.traceID { metadata["trace_id"] = "\(traceID)" }
        return metadata
    }
}
