import AsyncSupport
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

/// How an attempt failed before there was a response.
enum TransportFailure: Error {
    /// The registry never saw the request.
    case notSent(String)
    /// The name of the registry's host, or of the proxy's, has no address, so that the registry never saw the request.
    case unresolved(String)
    /// There was no TLS, so that the registry never saw the request.
    case insecure(String)
    /// The registry may have seen the request.
    case interrupted(String)
    case answerTooLarge
    case cancelled

    /// Whether another registry may do what this one did not.
    var leadsToNext: Bool {
        switch self {
        case .notSent, .unresolved, .insecure, .interrupted: true
        case .answerTooLarge, .cancelled: false
        }
    }

    private var isNameUnknown: Bool {
        if case .unresolved = self { true } else { false }
    }

    /// In a few words.
    var reason: String {
        switch self {
        case .notSent(let reason), .unresolved(let reason), .insecure(let reason), .interrupted(let reason): reason
        case .answerTooLarge: "its response is too large"
        case .cancelled: "the call was cancelled"
        }
    }

    /// What happened to a connection that was made.
    init(_ error: any Error) {
        switch error {
        case let failure as TransportFailure: self = failure
        case let failure as TLSFailure: self = .insecure(failure.reason)
        case is CancellationError: self = .cancelled
        case is TimeoutError: self = .interrupted("no response came in time")
        case HTTPParserError.invalidEOFState: self = .interrupted("the connection was lost")
        case is HTTPParserError, is NIOHTTPDecoderError: self = .interrupted("what came is not HTTP")
        default: self = .interrupted("the connection was lost")
        }
    }

    /// The caller's time is over.
    init(timeIsOverWhileUnderWay isUnderWay: Bool) {
        self = isUnderWay ? .interrupted("no response came in time") : .notSent("it does not answer")
    }

    /// Why there was no connection.
    ///
    /// - Parameter proxy: what was to lead to the registry.
    init(connecting error: any Error, through proxy: ProxyAddress?) {
        self.init(connecting: error)
        guard let proxy else { return }
        switch self {
        case .notSent(let reason): self = .notSent("\(reason), through the proxy \(proxy.shown)")
        case .unresolved(let reason): self = .unresolved("\(reason), through the proxy \(proxy.shown)")
        case .insecure, .interrupted, .answerTooLarge, .cancelled: break
        }
    }

    /// Why there was no connection.
    init(connecting error: any Error) {
        switch error {
        case ChannelError.connectTimeout: self = .notSent("it does not answer")
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first {
                self.init(connecting: first.error)
            } else {
                self = .unresolved("its host is unknown")
            }
        case let error as IOError where error.errnoCode == ECONNREFUSED: self = .notSent("the connection was refused")
        case let failure as TLSFailure: self = .insecure(failure.reason)
        case let refusal as ProxyRefusal: self = .notSent("no way was opened (\(refusal.status))")
        case ChannelError.eof: self = .notSent("the connection was ended at once")
        default: self = .notSent("the connection failed (\(error))")
        }
    }

    func error(url: String, limit: Int) -> RegistryClientError {
        switch self {
        case .notSent(let why), .unresolved(let why):
            RegistryClientError(
                .unreachable, "The registry at \(url) cannot be reached: \(why). Check that it runs and the address.",
                isNameUnknown: isNameUnknown)
        case .insecure(let why):
            RegistryClientError(.tlsFailed, "There is no secure connection to the registry at \(url): \(why).")
        case .interrupted(let why):
            RegistryClientError(.interrupted, "The registry at \(url) did not answer: \(why).")
        case .answerTooLarge:
            RegistryClientError(
                .answerTooLarge, "The response of the registry at \(url) is larger than \(limit) bytes: ask for less.")
        case .cancelled:
            RegistryClientError(.cancelled, "The call to the registry at \(url) was cancelled.")
        }
    }
}
