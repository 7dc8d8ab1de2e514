import ConfigModel
import HTTPTypes
import NIOCore
import RegistryAPI

/// How a response begins on the wire: its status line (RFC 9112, section 4) and its date, written once a second.
struct StatusLine {
    private var second: Int64 = .min
    private var status: HTTPResponse.Status?
    private var bytes = ByteBuffer()

    mutating func bytes(_ status: HTTPResponse.Status) -> ByteBuffer {
        let now = Timestamp.now
        let second = now.milliseconds / 1_000
        if second != self.second || status != self.status {
            (self.second, self.status) = (second, status)
            bytes = ByteBuffer(
                string: "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nDate: \(HTTPDate(now))\r\n")
        }
        return bytes
    }
}
