import NIOHTTP1
import RegistryAPI

/// One response, whole.
struct RegistryResponse: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// The value of a header that must not be repeated; nil when it is absent or repeated.
    func header(_ name: HeaderName) -> String? {
        let values = headers[name.rawValue]
        return values.count == 1 ? values[0] : nil
    }

    /// What the headers say about a version.
    var facts: HeadFacts {
        get throws(InvalidResponse) { try HeadFacts { headers[$0.rawValue] } }
    }
}
