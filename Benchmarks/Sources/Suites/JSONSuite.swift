import ConfigModel
import Foundation

extension Sample {
    /// Reading and writing, beside Foundation's.
    var json: [Benchmark] {
        get throws {
            let (bytes, pretty, object) = (content.bytes, pretty, object)
            let (data, foundation) = (Data(bytes), try JSONSerialization.jsonObject(with: Data(bytes)))
            return [
                Benchmark("json read, \(name)", bytes: bytes.count) { try JSONValue(parsing: bytes) },
                Benchmark("json read by Foundation, \(name)", bytes: bytes.count) {
                    try JSONSerialization.jsonObject(with: data)
                },
                Benchmark("json write, \(name)", bytes: bytes.count) { object.canonicalBytes },
                Benchmark("json write by Foundation, \(name)", bytes: bytes.count) {
                    try JSONSerialization.data(withJSONObject: foundation, options: [.sortedKeys])
                },
                Benchmark("json canonicalise and hash, \(name)", bytes: pretty.count) { try Content(parsing: pretty) },
            ]
        }
    }
}
