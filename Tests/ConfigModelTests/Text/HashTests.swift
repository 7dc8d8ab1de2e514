import Crypto
import Testing

@testable import ConfigModel

/// The hashes that are written here, against a cryptographic library.
@Suite struct HashTests {
    private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) } }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha256AgreesWithFIPS180(text: String, hash: String) {
        #expect(SHA256Text.hash(Array(text.utf8)) == SHA256Text.prefix + hash)
    }

    /// Every length up to several blocks, so that the padding begins at each place.
    @Test func bothAgreeWithALibraryAtEveryLength() {
        for count in 0...320 {
            let bytes = bytes(count)
            #expect(SHA256Hash.digest(of: bytes) == Array(SHA256.hash(data: bytes)), "\(count) bytes")
            #expect(SHA1Hash.digest(of: bytes) == Array(Insecure.SHA1.hash(data: bytes)), "\(count) bytes")
        }
    }

    @Test(arguments: [65_535, 65_536, 1 << 20])
    func bothAgreeWithALibraryForLargeContents(_ count: Int) {
        let bytes = bytes(count)
        #expect(SHA256Hash.digest(of: bytes) == Array(SHA256.hash(data: bytes)))
        #expect(SHA1Hash.digest(of: bytes) == Array(Insecure.SHA1.hash(data: bytes)))
    }
}
