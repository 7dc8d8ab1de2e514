import AsyncSupport
import ConfigAccess
import NIOCore
import RegistryAPI
import Synchronization

/// How much each identity, and each address whose credentials do not count, has asked of this registry.
///
/// Who was not seen for long is forgotten, so that the memory is bounded.
final class RequestLimits: Sendable {
    /// How many identities, and how many addresses, are known at a time.
    private static let capacity = 20_000

    private let limits: AccessLimits
    private let identities = Mutex(LRUCache<String, IdentityLimits>(capacity: RequestLimits.capacity))
    private let addresses = Mutex(LRUCache<ClientNetwork, RateLimiter>(capacity: RequestLimits.capacity))
    private let refusals: RateLimitCounts?
    private let now: @Sendable () -> Int64
    /// Nil when the connections of an address have no limit.
    let connections: UnidentifiedConnections?

    /// - Parameters:
    ///   - refusals: counts what comes too early; nil where it is not counted.
    ///   - now: a clock that does not go back, in nanoseconds.
    init(
        _ limits: AccessLimits, refusals: RateLimitCounts? = nil,
        now: @escaping @Sendable () -> Int64 = { Int64(clamping: NIODeadline.now().uptimeNanoseconds) }
    ) {
        self.limits = limits
        self.refusals = refusals
        self.now = now
        connections = limits[.failed].map { _ in UnidentifiedConnections(maximum: limits.unidentifiedConnections) }
    }

    /// Takes what a request costs, unless it came too early.
    ///
    /// - Returns: nil when it was taken, or the identity has no limits; otherwise after how many nanoseconds it would be.
    func take(
        _ requestClass: RequestClass, _ cost: Int = 1, of principal: Principal, on connection: ClientConnection?
    ) -> Int64? {
        self.of(principal, on: connection)?.take(requestClass, Int64(cost), at: now())
    }

    /// What an identity has taken; nil for one without limits.
    func of(_ principal: Principal, on connection: ClientConnection?) -> IdentityLimits? {
        switch principal.kind {
        // While there is no authentication nothing is limited, and what needs no credential is not either.
        case .loopback, .none, .store: nil
        case .token, .jwt, .certificate:
            connection?.limits(of: principal.name, find) ?? find(principal.name)
        }
    }

    private func find(_ name: String) -> IdentityLimits {
        identities.withLock { known in
            if let found = known.value(for: name) { return found }
            let made = IdentityLimits(limits)
            known.set(made, for: name, cost: 1)
            return made
        }
    }

    /// Counts a credential that does not count.
    ///
    /// - Returns: the refusal when too many came from its address.
    @discardableResult
    func countFailure(from address: String?) -> Problem? {
        failures(from: address)?.take(at: now()).map(tooManyFailures)
    }

    /// The refusal when too many credentials that do not count came from an address; nothing is counted.
    func refusalOfUnknown(from address: String?) -> Problem? {
        failures(from: address)?.wait(at: now()).map(tooManyFailures)
    }

    private func failures(from address: String?) -> RateLimiter? {
        guard let rate = limits[.failed] else { return nil }
        return addresses.withLock { known in
            let key = ClientNetwork(address)
            if let found = known.value(for: key) { return found }
            let made = RateLimiter(rate)
            known.set(made, for: key, cost: 1)
            return made
        }
    }

    private func tooManyFailures(wait: Int64) -> Problem {
        refusals?.count(.failed)
        return .rateLimited("Too many credentials that do not count came from this address", wait: wait)
    }

    /// The refusal of what came too early.
    func refusal(of requestClass: RequestClass, to principal: Principal, wait: Int64) -> Problem {
        refusals?.count(requestClass)
        let rate = limits[requestClass].map { " (\($0.perSecond) a second, \($0.burst) at once)" } ?? ""
        return Problem.rateLimited(
            "'\(principal.name)' sends more requests of the class \(requestClass.rawValue) than it may\(rate)",
            wait: wait)
    }

    /// The refusal of a stream beyond those that may be open.
    func refusalOfStream(to principal: Principal) -> Problem {
        refusals?.count(.stream)
        return Problem.rateLimited(
            "'\(principal.name)' has \(limits.openStreams) streams open, which is as many as it may", wait: 0)
    }
}

extension Problem {
    /// - Parameter wait: in nanoseconds.
    fileprivate static func rateLimited(_ reason: String, wait: Int64) -> Problem {
        let seconds = max(1, (wait + 999_999_999) / 1_000_000_000)
        return Problem(.rateLimited, "\(reason); send it again after \(seconds) s.").with(
            .retryAfter, String(seconds))
    }

    /// True when it refuses who asks, not what is asked: what the access log has.
    var isRefusal: Bool { status == 401 || status == 403 || status == 429 }
}
