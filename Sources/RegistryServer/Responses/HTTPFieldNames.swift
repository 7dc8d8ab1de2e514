import HTTPTypes
import RegistryAPI

extension HTTPField.Name {
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
    static let configDamaged = HTTPField.Name(.configDamaged)
    static let configDefaultVersion = HTTPField.Name(.configDefaultVersion)
    static let configEpoch = HTTPField.Name(.configEpoch)
    static let configEpochSignature = HTTPField.Name(.configEpochSignature)
    static let configHash = HTTPField.Name(.configHash)
    static let configVersion = HTTPField.Name(.configVersion)
    static let correlationID = HTTPField.Name(.correlationID)
    static let forwarded = HTTPField.Name("Forwarded")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    /// A second `Host`; the first is taken out of the fields when the request is read.
    static let hostAgain = HTTPField.Name("Host")!
    static let idempotencyKey = HTTPField.Name(.idempotencyKey)
    static let link = HTTPField.Name(.link)
    static let prefer = HTTPField.Name(.prefer)
    static let preferenceApplied = HTTPField.Name(.preferenceApplied)
    static let requestID = HTTPField.Name(.requestID)
    static let traceparent = HTTPField.Name(.traceparent)
    static let tracestate = HTTPField.Name(.tracestate)

    /// The names of the contract; each is a token (RFC 9110, section 5.6.2), the only thing that the initialiser asks for.
    private static let names = Dictionary(
        uniqueKeysWithValues: HeaderName.allCases.map { ($0, HTTPField.Name($0.rawValue)!) })

    /// A name of the contract.
    init(_ name: HeaderName) { self = Self.names[name]! }
}

extension HTTPFields {
    /// Fields of the contract.
    init(_ headers: some Sequence<(name: HeaderName, value: String)>) {
        self.init()
        reserveCapacity(16)
        for (name, value) in headers { append(HTTPField(name: HTTPField.Name(name), value: value)) }
    }
}
