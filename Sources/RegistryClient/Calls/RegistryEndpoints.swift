import ConfigModel
import RegistryAPI
import Synchronization

/// The registries of one client, in the order in which they are preferred.
///
/// A call goes to the next one when a registry cannot be reached, does not answer or answers 503. That is safe for every
/// call of this module: reads change nothing, and writes carry a change identifier (`Idempotency-Key`), under which all
/// registries of one store make a change once.
final class RegistryEndpoints: Sendable {
    /// One of them.
    struct Endpoint: Sendable {
        let url: String
        let transport: any RegistryTransport
    }

    /// A response, and which registry gave it.
    struct EndpointResponse: Sendable {
        let response: RegistryResponse
        let url: String
        /// The others that were tried and gave none.
        let failures: [RegistryAttempt]
    }

    private let endpoints: [Endpoint]
    private let preference: Mutex<RegistryPreference>

    /// - Parameter endpoints: one at least.
    init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
        preference = Mutex(RegistryPreference(count: endpoints.count))
    }

    deinit {
        for endpoint in endpoints { endpoint.transport.close() }
    }

    /// All addresses, in order.
    var urls: [String] { endpoints.map(\.url) }

    /// The registry that answered last, or the first.
    var currentURL: String { endpoints[preference.withLock { $0.current }].url }

    /// Makes one attempt at each registry until one answers; of several that answer 503 the last counts.
    func call(_ request: RegistryRequest, timeout: Duration) async throws(RegistryClientError) -> EndpointResponse {
        var failures: [RegistryAttempt] = []
        var refusal: (answer: RegistryResponse, url: String)?
        for index in order() {
            let endpoint = endpoints[index]
            do throws(TransportFailure) {
                let response = try await endpoint.transport.call(request, within: timeout + request.wait)
                guard response.status == 503, endpoints.count > 1 else {
                    answered(index)
                    return EndpointResponse(response: response, url: endpoint.url, failures: failures)
                }
                if let refusal { failures.append(RegistryAttempt(url: refusal.url, outcome: .refused)) }
                refusal = (response, endpoint.url)
            } catch {
                failures.append(RegistryAttempt(url: endpoint.url, outcome: .failed(error)))
                guard error.leadsToNext else { throw RegistryAttempt.error(failures, limit: request.maximumResponse) }
            }
        }
        // What became of an attempt that was interrupted is not known, whatever the others say.
        if let refusal {
            guard failures.contains(where: \.isInterrupted) else {
                return EndpointResponse(response: refusal.answer, url: refusal.url, failures: failures)
            }
            failures.append(RegistryAttempt(url: refusal.url, outcome: .refused))
        }
        throw RegistryAttempt.error(failures, limit: request.maximumResponse)
    }

    /// Runs `body` with the stream of the first registry that opens one; what happens in `body` is its own affair.
    func stream<Result>(
        _ request: RegistryRequest, timeout: Duration, _ body: (ResponseStream, _ url: String) async throws -> Result
    ) async throws -> Result {
        var failures: [RegistryAttempt] = []
        var order = order()[...]
        while let index = order.popFirst() {
            let endpoint = endpoints[index]
            var result: Result?
            var hasBegun = false
            do {
                try await endpoint.transport.stream(request, within: timeout) { stream in
                    if stream.status == 503, !order.isEmpty { return }
                    hasBegun = true
                    answered(index)
                    result = try await body(stream, endpoint.url)
                }
            } catch let failure as TransportFailure where !hasBegun {
                failures.append(RegistryAttempt(url: endpoint.url, outcome: .failed(failure)))
                guard failure.leadsToNext else { break }
                continue
            }
            if let result { return result }
            failures.append(RegistryAttempt(url: endpoint.url, outcome: .refused))
        }
        throw RegistryAttempt.error(failures, limit: 0)
    }

    /// When the certificates of those end that speak TLS and can be reached.
    func certificateEnds() async -> [(url: String, end: Timestamp)] {
        var ends: [(url: String, end: Timestamp)] = []
        for endpoint in endpoints {
            if let end = await endpoint.transport.certificateEnd() { ends.append((endpoint.url, end)) }
        }
        return ends
    }

    private func order() -> [Int] { preference.withLock { $0.order(at: .now) } }

    private func answered(_ index: Int) { preference.withLock { $0.answered(index, at: .now) } }
}
