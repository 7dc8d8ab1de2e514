import AsyncHTTPClient
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

/// How an attempt failed before there was an answer.
enum TransportFailure {
    /// There was no connection: the registry never saw the request.
    case notSent(String)
    /// The registry may have seen the request.
    case interrupted(String)
    case answerTooLarge
    case cancelled

    init(_ error: any Error) {
        switch error {
        case is CancellationError: self = .cancelled
        case is TimeLimitExceeded: self = .interrupted("no answer came in time")
        case is NIOTooManyBytesError, is ResponseAccumulator.ResponseTooBigError: self = .answerTooLarge
        case is NIOConnectionError: self = .notSent("the connection was refused or the host is unknown")
        case let error as HTTPClientError: self.init(error)
        case let error as IOError where Self.refusals.contains(error.errnoCode):
            self = .notSent("the connection was refused")
        default: self = .interrupted("the connection was lost")
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled: self = .cancelled
        case .deadlineExceeded, .readTimeout, .writeTimeout: self = .interrupted("no answer came in time")
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout,
            .httpProxyHandshakeTimeout:
            self = .notSent("it does not answer")
        case .remoteConnectionClosed, .uncleanShutdown: self = .interrupted("the connection was lost")
        default: self = .interrupted("HTTP failed (\(error.shortDescription))")
        }
    }

    func error(url: String, limit: Int) -> RegistryClientError {
        switch self {
        case .notSent(let why):
            RegistryClientError(
                .unreachable, "The registry at \(url) cannot be reached: \(why). Check that it runs and the address.")
        case .interrupted(let why):
            RegistryClientError(.interrupted, "The registry at \(url) did not answer: \(why).")
        case .answerTooLarge:
            RegistryClientError(
                .answerTooLarge, "The answer of the registry at \(url) is larger than \(limit) bytes: ask for less.")
        case .cancelled:
            RegistryClientError(.cancelled, "The call to the registry at \(url) was cancelled.")
        }
    }

    private static let refusals: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL]
}
