// The part of libsrtp 3's interface that the worker calls, carried out by libsrtp 2.
//
// Version 3 makes the policy an opaque object with setters and separates input from output buffers; version 2
// has a plain struct and works in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

// Both versions call the policy srtp_policy_t: keep version 2's under another name.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

namespace srtp_shim
{
	struct Policy
	{
		srtp2_policy_t settings{};
		// Master key followed by its salt, where settings.key points.
		uint8_t key[SRTP_MAX_KEY_LEN]{};
	};

	// Runs a call of version 2, which counts bytes in an int, and reports the length as version 3 does.
	using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

	inline srtp_err_status_t apply(InPlace operation, srtp_t session, uint8_t* data, size_t inputLen, size_t* outputLen)
	{
		int len        = static_cast<int>(inputLen);
		const auto err = operation(session, data, &len);
		*outputLen     = static_cast<size_t>(len);

		return err;
	}
} // namespace srtp_shim

using srtp_policy_t = srtp_shim::Policy*;

// Codes that version 2 does not have; the numbers are version 3's.
inline constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new srtp_shim::Policy();

	return srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->settings.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->settings.rtp, profile);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->settings.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t /*mkiLen*/)
{
	if (keyLen + saltLen > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->settings.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allowed)
{
	policy->settings.allow_repeat_tx = allowed ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->settings.window_size = size;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return ::srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->settings));
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	if (*srtpLen < rtpLen + SRTP_MAX_TRAILER_LEN)
	{
		return srtp_err_status_buffer_small;
	}

	std::memcpy(srtp, rtp, rtpLen);

	return srtp_shim::apply(::srtp_protect, session, srtp, rtpLen, srtpLen);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	// SRTCP adds its index, four bytes, to the trailer.
	if (*srtcpLen < rtcpLen + SRTP_MAX_TRAILER_LEN + sizeof(uint32_t))
	{
		return srtp_err_status_buffer_small;
	}

	std::memcpy(srtcp, rtcp, rtcpLen);

	return srtp_shim::apply(::srtp_protect_rtcp, session, srtcp, rtcpLen, srtcpLen);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	if (srtp != rtp)
	{
		std::memmove(rtp, srtp, srtpLen);
	}

	return srtp_shim::apply(::srtp_unprotect, session, rtp, srtpLen, rtpLen);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	if (srtcp != rtcp)
	{
		std::memmove(rtcp, srtcp, srtcpLen);
	}

	return srtp_shim::apply(::srtp_unprotect_rtcp, session, rtcp, srtcpLen, rtcpLen);
}
