#pragma once

#include <string>

namespace configbus {

/// True when a text has a format, or when the format is none that is checked: date, time, date-time (RFC 3339), ipv4, ipv6.
bool fitsFormat(const std::string &format, const std::string &text);

}  // namespace configbus
