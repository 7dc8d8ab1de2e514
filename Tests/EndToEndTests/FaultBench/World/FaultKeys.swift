import ConfigModel
import ConfigSignatures
import Foundation

/// The key that the registries and the audit sign with, and the files that hold it.
struct FaultKeys: Sendable {
    let signer: RecordSigner
    /// The path of the private key.
    let privateKey: String
    /// The path of the public key, for those who verify.
    let publicKey: String

    init(in bench: TestBench) throws {
        signer = try RecordSigner.generate()
        privateKey = bench.path("signing.key")
        publicKey = bench.path("trusted")
        try signer.privateKeyFile.write(toFile: privateKey, atomically: true, encoding: .utf8)
        try "\(signer.publicKey.text)\n".write(toFile: publicKey, atomically: true, encoding: .utf8)
    }
}
