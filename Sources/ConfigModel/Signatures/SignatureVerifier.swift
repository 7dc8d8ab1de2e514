/// Verifies Ed25519 signatures (RFC 8032).
///
/// A key brings the one that it was made with, so that only a program which uses keys links a cryptographic library. The
/// module ConfigSignatures has it, and is the only way to make a key.
package protocol SignatureVerifier: Sendable {
    /// False for 32 bytes that are no public key.
    func isPublicKey(_ bytes: [UInt8]) -> Bool
    /// True when the private half of a public key made the signature over the message.
    func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool
}
