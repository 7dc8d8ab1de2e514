import ConfigModel
import ConfigSignatures

extension Sample {
    /// What is done with events.
    var events: [Benchmark] {
        let (record, bytes, signer, trusted) = (record, eventBytes, signer, trusted)
        return [
            Benchmark("event sign, \(name)") { try signer.sign(record) },
            Benchmark("event encode, \(name)", bytes: bytes.count) { ConfigEvent(record, inlineLimit: .max).jsonBytes },
            Benchmark("event decode, \(name)", bytes: bytes.count) { try ConfigEvent(json: bytes) },
            Benchmark("event decode and verify, \(name)", bytes: bytes.count) {
                let event = try ConfigEvent(json: bytes)
                try trusted.verify(event.signedFacts, signature: event.signature)
                return event
            },
        ]
    }
}
